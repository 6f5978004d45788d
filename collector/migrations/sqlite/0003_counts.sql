-- How many came how far under a wording that is tried out: numbers, and never a row for a person.
-- The day is UTC's, such as 2026-11-26.
create table counter (
    site       text    not null,
    experiment text    not null,
    variant    text    not null,
    locale     text    not null,
    day        text    not null,
    step       text    not null,
    count      integer not null,
    primary key (site, experiment, variant, locale, day, step)
) without rowid;

-- For the limit on a day's counters.
create index counter_by_day on counter (day, site);

-- Experiments whose counts are made up, for a demonstration, in the days up to this one.
create table made_up (
    site       text not null,
    experiment text not null,
    until      text not null,
    primary key (site, experiment)
);

-- Whether somebody marked the message as useful.
alter table message add column useful integer not null default 0;

-- Of a message that was written under such a wording: which one it was, and what can be said of its words without them.
-- All of it goes with the message. Counted is 1 once words came that seem a person's: it then stands in the counter of
-- its day, for good. Worded is the revision of which length (in characters) and address (whether there is one) are told.
alter table message add column experiment text;
alter table message add column variant text;
alter table message add column locale text;
alter table message add column counted integer not null default 0;
alter table message add column worded integer;
alter table message add column length integer;
alter table message add column address integer;

create index message_by_wording on message (site, experiment, variant, length, locale, counted, address, useful)
    where experiment is not null;

-- Messages that came before this are counted as it were, so that a later revision of one isn't: nobody counted the
-- openings that they came from. (A body that is no JSON is none of this collector's, and nothing is told of it.)
update message
    set experiment = told.experiment, variant = told.variant, locale = told.locale, worded = told.revision,
        length = length(told.words), address = told.address,
        counted = case when told.trap <> '' or told.took_ms < 1500 then 0 else 1 end
    from (
        select site, id, max(revision) as revision,
               json_extract(json, '$.message') as words,
               json_extract(json, '$.wording.experiment') as experiment,
               json_extract(json, '$.wording.variant') as variant,
               json_extract(json, '$.wording.locale') as locale,
               json_extract(json, '$.contact.email') is not null as address,
               coalesce(json_extract(json, '$.trap'), '') as trap,
               coalesce(json_extract(json, '$.took_ms'), 1500) as took_ms
            from (
                select revision.site, revision.id, revision.revision,
                       case when json_valid(body.text) then body.text else '{}' end as json
                    from revision join body on body.number = revision.body
            ) as posted
            where json_extract(json, '$.message') is not null
              and json_extract(json, '$.wording.experiment') is not null
              and json_extract(json, '$.wording.variant') is not null
            group by site, id
    ) as told
    where message.site = told.site and message.id = told.id;
