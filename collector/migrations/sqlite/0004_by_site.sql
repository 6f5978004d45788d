-- Every key is led by the site from here on, and none is counted up: two collectors can never take the same one.

-- Posted bodies, to the byte, apart from the rest. Rows are added at the end and never deleted: a body that was taken
-- back is overwritten in its place, its id with it. (0002 says why.)
alter table body rename to body_by_number;
create table body (
    site     text    not null,
    id       text    not null,
    revision integer not null,
    text     text    not null,
    primary key (site, id, revision)
);
insert into body (site, id, revision, text)
    select revision.site, revision.id, revision.revision, body_by_number.text
        from body_by_number join revision on revision.body = body_by_number.number order by body_by_number.number;
drop table body_by_number;
alter table revision drop column body;

alter table withdrawn rename to withdrawn_by_mark;
create table withdrawn (
    site      text not null,
    mark      text not null,
    reference text,
    primary key (site, mark),
    unique (site, reference)
);
insert into withdrawn (site, mark, reference) select site, mark, reference from withdrawn_by_mark;
drop table withdrawn_by_mark;

-- Why the shown revision is flagged, if it is: trap or haste. (What came before this is flagged where it is known.)
alter table message add column flag text;
update message set flag = 'haste' where experiment is not null and counted = 0;
create index message_by_flag on message (received, site, id) where flag is not null;

-- How many messages there are of each kind, and how many of them are flagged: kept here, since counting them takes the
-- longer the more there are. The empty site is all of them together.
create table total (
    site  text    not null,
    name  text    not null,
    count integer not null,
    primary key (site, name)
) without rowid;
insert into total (site, name, count) select site, kind, count(*) from message group by site, kind;
insert into total (site, name, count)
    select site, 'flagged', count(*) from message where flag is not null group by site;
insert into total (site, name, count) select '', name, sum(count) from total group by name;

-- Who is signed in to the inbox: a hash of what the cookie holds, when that was, and when the browser was last seen
-- (RFC 3339, UTC).
create table session (
    mark    text not null primary key,
    created text not null,
    seen    text not null
) without rowid;
