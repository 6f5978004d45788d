-- A message is what one visitor has to say. The revision that the inbox shows (the highest)
-- is repeated here, so that a page of the inbox is one walk along an index.
create table message (
    site      text    not null,
    id        text    not null,
    reference text    not null,
    created   text    not null,
    revision  integer not null,
    kind      text    not null,
    received  text    not null,
    primary key (site, id),
    unique (site, reference)
);

create index message_by_time on message (received, site, id);
create index message_by_kind on message (kind, received, site, id);

-- A revision is one posted body, kept to the byte.
create table revision (
    site        text    not null,
    id          text    not null,
    revision    integer not null,
    kind        text    not null,
    message     text,
    body        text    not null,
    fingerprint text    not null,
    received    text    not null,
    primary key (site, id, revision),
    foreign key (site, id) references message (site, id)
);

-- What the collector made at its first start. The inbox token stands here as a hash only.
create table secret (
    name  text not null primary key,
    value text not null
);
