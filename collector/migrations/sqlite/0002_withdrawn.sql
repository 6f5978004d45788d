-- What stays of a message that its author took back: enough to keep a late post of it out, and its
-- reference, so that no other message gets it. The mark is the SHA-256 of site, NUL and id.
create table withdrawn (
    mark      text not null primary key,
    site      text not null,
    reference text,
    unique (site, reference)
);

-- Posted bodies, to the byte, apart from the rest. Rows are added at the end and never deleted: a body
-- that was taken back is overwritten in its place. So SQLite has no reason to move a row to another
-- page, which would leave a copy behind that no deletion reaches (not even with secure_delete).
create table body (
    number integer not null primary key,
    text   text    not null
);

insert into body (number, text) select rowid, body from revision order by rowid;

alter table revision rename to revision_with_body;

-- A revision is one posted body.
create table revision (
    site        text    not null,
    id          text    not null,
    revision    integer not null,
    kind        text    not null,
    body        integer not null,
    fingerprint text    not null,
    received    text    not null,
    primary key (site, id, revision),
    foreign key (site, id) references message (site, id)
);

insert into revision (site, id, revision, kind, body, fingerprint, received)
    select site, id, revision, kind, rowid, fingerprint, received from revision_with_body order by rowid;

drop table revision_with_body;
