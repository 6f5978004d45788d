-- The tables as SQLite has them, with every key led by the site. Texts sort by their bytes, as they do there. What is
-- true or false is 0 or 1.

-- A message is what one visitor has to say. The revision that the inbox shows (the highest) is repeated here.
create table message (
    site       text    collate "C" not null,
    id         text    collate "C" not null,
    reference  text    collate "C" not null,
    created    text    collate "C" not null,
    revision   integer not null,
    kind       text    collate "C" not null,
    received   text    collate "C" not null,
    useful     integer not null default 0,
    flag       text,
    experiment text    collate "C",
    variant    text    collate "C",
    locale     text    collate "C",
    counted    integer not null default 0,
    worded     integer,
    length     integer,
    address    integer,
    primary key (site, id),
    unique (site, reference)
);

create index message_by_time on message (received, site, id);
create index message_by_kind on message (kind, received, site, id);
create index message_by_flag on message (received, site, id) where flag is not null;
create index message_by_wording on message (site, experiment, variant, length, locale, counted, address, useful)
    where experiment is not null;

-- A revision is one posted body.
create table revision (
    site        text    collate "C" not null,
    id          text    collate "C" not null,
    revision    integer not null,
    kind        text    collate "C" not null,
    fingerprint text    not null,
    received    text    collate "C" not null,
    primary key (site, id, revision),
    foreign key (site, id) references message (site, id)
);

-- Posted bodies, to the byte.
create table body (
    site     text    collate "C" not null,
    id       text    collate "C" not null,
    revision integer not null,
    text     text    not null,
    primary key (site, id, revision)
);

-- What stays of a message that its author took back: enough to keep a late post of it out, and its reference, so that no
-- other message gets it. The mark is the SHA-256 of site, NUL and id.
create table withdrawn (
    site      text collate "C" not null,
    mark      text collate "C" not null,
    reference text collate "C",
    primary key (site, mark),
    unique (site, reference)
);

-- How many messages there are of each kind, and how many of them are flagged. The empty site is all of them
-- together.
create table total (
    site  text   collate "C" not null,
    name  text   collate "C" not null,
    count bigint not null,
    primary key (site, name)
);

-- How many came how far under a wording that is tried out: numbers, and never a row for a person. The day is UTC's.
create table counter (
    site       text   collate "C" not null,
    experiment text   collate "C" not null,
    variant    text   collate "C" not null,
    locale     text   collate "C" not null,
    day        text   collate "C" not null,
    step       text   collate "C" not null,
    count      bigint not null,
    primary key (site, experiment, variant, locale, day, step)
);

create index counter_by_day on counter (day, site);

-- Experiments whose counts are made up, for a demonstration, in the days up to this one.
create table made_up (
    site       text collate "C" not null,
    experiment text collate "C" not null,
    until      text collate "C" not null,
    primary key (site, experiment)
);

-- What the collector made at its first start. The inbox token stands here as a hash only.
create table secret (
    name  text collate "C" not null primary key,
    value text not null
);

-- Who is signed in to the inbox.
create table session (
    mark    text collate "C" not null primary key,
    created text collate "C" not null,
    seen    text collate "C" not null
);
