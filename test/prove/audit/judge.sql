-- The policy as questions to sets, written apart from the engine. A decision is judged by what was on file when
-- it was made, which is what was answered before it in its member's stream: where each one is right given
-- those before it, all of them are.
--
-- It knows what the population holds: at most one line of a code on a claim, the modifiers 50, 53, RT and LT, no
-- side but 50 on an interlaminar line, no exception, one policy version, original claims, replacements and voids.

create function judge.region(code text) returns text immutable language sql return
  case when code in ('62321', '64479', '64480') then 'C' when code in ('62323', '64483', '64484') then 'L' end;
create function judge.primary_of(code text) returns text immutable language sql return
  case code when '64480' then '64479' when '64484' then '64483' end;
create function judge.is_interlaminar(code text) returns boolean immutable language sql return code in ('62321', '62323');
create function judge.sides(modifiers text[]) returns text[] immutable language sql return
  case when '50' = any (modifiers) then '{L,R}'::text[] when 'RT' = any (modifiers) then '{R}'
       when 'LT' = any (modifiers) then '{L}' else '{}' end;

-- A claim counts from its decision until the one that voids or replaces it.
create table judge.claim as
select d.*, case d.claim_type when 'FACILITY' then d.billing else d.rendering end as performer,
       e.sequence as ends
from judge.decided d
left join judge.decided e
  on e.member = d.member and e.original = d.number and e.frequency in ('VOID', 'REPLACEMENT');
create unique index on judge.claim (member, sequence);
create index on judge.claim (member, day);
analyze judge.claim;

create table judge.governed as
select l.member, l.sequence, l.line, l.code, l.modifiers, l.units, l.allowed, l.pended,
       judge.region(l.code) as region, judge.sides(l.modifiers) as sides,
       -- Two units of no side on a facility's line are one level of both sides.
       c.claim_type = 'FACILITY' and l.units = 2 and judge.sides(l.modifiers) = '{}' as is_both_sides,
       c.day, c.claim_type, c.performer, c.billing, c.rendering, c.place, c.ends
from judge.line l join judge.claim c using (member, sequence)
where judge.region(l.code) is not null;
create unique index on judge.governed (member, sequence, line);
create index on judge.governed (member, day);
analyze judge.governed;

-- What was on file of the same day when a claim was decided.
create table judge.same_day as
select c.member, c.sequence, g.code, g.region, g.sides, g.is_both_sides, g.modifiers, g.units, g.allowed, g.pended,
       g.claim_type, g.billing, g.rendering,
       g.claim_type = c.claim_type and g.performer = c.performer as is_same_stream
from judge.claim c
join judge.governed g on g.member = c.member and g.day = c.day and g.sequence < c.sequence
  and (g.ends is null or g.ends > c.sequence);
create index on judge.same_day (member, sequence);
analyze judge.same_day;

-- ESI-DUPLICATE, ESI-DISCONTINUED
create table judge.after_2 as
select g.*, case when x.is_duplicate or x.is_discontinued then 0 else g.units end as standing,
       x.is_discontinued and not x.is_duplicate as is_pended
from judge.governed g
cross join lateral (
  select exists (
           select from judge.same_day f
           where f.member = g.member and f.sequence = g.sequence and (f.allowed > 0 or f.pended)
             and (f.code, f.modifiers, f.units, f.claim_type, f.billing) = (g.code, g.modifiers, g.units, g.claim_type, g.billing)
             and f.rendering is not distinct from g.rendering) as is_duplicate,
         '53' = any (g.modifiers) as is_discontinued) x;
create unique index on judge.after_2 (member, sequence, code);
analyze judge.after_2;

-- ESI-ADD-ON where the primary is absent, ESI-INTERLAMINAR-SIDE, ESI-ASC-BILATERAL
create table judge.after_5 as
select a.*,
       case when x.is_alone then 0
            when judge.is_interlaminar(a.code) and '50' = any (a.modifiers) then 0
            when a.claim_type = 'FACILITY' and a.place = '24' and '50' = any (a.modifiers) then 0
            else a.standing end as standing_5,
       a.is_pended or (x.is_alone and a.standing > 0 and coalesce(p.is_pended, false)) as is_pended_5,
       x.has_on_file
from judge.after_2 a
left join judge.after_2 p
  on (p.member, p.sequence, p.code) = (a.member, a.sequence, judge.primary_of(a.code))
cross join lateral (
  select exists (
    select from judge.same_day f
    where (f.member, f.sequence, f.code) = (a.member, a.sequence, judge.primary_of(a.code))
      and f.is_same_stream and f.allowed > 0) as has_on_file) y
cross join lateral (
  select y.has_on_file, judge.primary_of(a.code) is not null and coalesce(p.standing, 0) = 0 and not y.has_on_file as is_alone) x;
analyze judge.after_5;

-- ESI-UNITS
create table judge.after_6 as
select a.*,
       case when judge.primary_of(a.code) is not null then a.standing_5
            when judge.is_interlaminar(a.code) then least(a.standing_5, greatest(0, 1 - f.allowed))
            when f.has_side then 0
            when a.is_both_sides then a.standing_5
            else least(a.standing_5, 1) end as standing_6
from judge.after_5 a
cross join lateral (
  select coalesce(sum(f.allowed), 0) as allowed,
         -- A line of no side takes both.
         coalesce(bool_or(f.allowed > 0 and (f.sides = '{}' or a.sides = '{}' or f.sides && a.sides)), false) as has_side
  from judge.same_day f
  where (f.member, f.sequence, f.code) = (a.member, a.sequence, a.code) and f.is_same_stream) f;
create unique index on judge.after_6 (member, sequence, code);
analyze judge.after_6;

-- ESI-ADD-ON where the primary was denied
create table judge.after_7 as
select a.*, case when x.is_alone then 0 else a.standing_6 end as standing_7,
       a.is_pended_5 or (x.is_alone and a.standing_6 > 0 and coalesce(p.is_pended_5, false)) as is_pended_7,
       a.has_on_file or coalesce(p.standing_6, 0) > 0 as has_primary
from judge.after_6 a
left join judge.after_6 p
  on (p.member, p.sequence, p.code) = (a.member, a.sequence, judge.primary_of(a.code))
cross join lateral (
  select judge.primary_of(a.code) is not null and coalesce(p.standing_6, 0) = 0 and not a.has_on_file as is_alone) x;
analyze judge.after_7;

-- ESI-LEVELS: the most units with which the levels are no more than two
create table judge.after_8 as
select a.*, case when judge.primary_of(a.code) is null then a.standing_7 else coalesce(k.units, 0) end as standing_8
from judge.after_7 a
cross join lateral (
  select coalesce(sum(case when f.is_both_sides then 1 when 'R' = any (f.sides) then f.allowed end), 0) as r,
         coalesce(sum(case when f.is_both_sides then 1 when 'L' = any (f.sides) then f.allowed end), 0) as l,
         coalesce(sum(case when not f.is_both_sides and f.sides = '{}' then f.allowed end), 0) as u
  from judge.same_day f
  where (f.member, f.sequence, f.code) = (a.member, a.sequence, a.code) and f.is_same_stream and f.allowed > 0) f
left join lateral (
  select max(n) as units
  from generate_series(1, a.standing_7) n
  where case when a.is_both_sides then n = a.standing_7 and a.has_primary::int + greatest(f.r, f.l) + 1 + f.u <= 2
             else a.has_primary::int
                  + greatest(f.r + n * ('R' = any (a.sides))::int, f.l + n * ('L' = any (a.sides))::int)
                  + f.u + n * (a.sides = '{}')::int <= 2 end) k on true;
analyze judge.after_8;

-- ESI-FREQUENCY: four sessions in any twelve months that the day is in, whichever day they end on
create table judge.counted as
select distinct c.member, c.sequence, g.region, g.day
from (select distinct member, sequence, region from judge.after_8 where standing_8 > 0) c
join judge.governed g on g.member = c.member and g.region = c.region and g.sequence < c.sequence
  and g.allowed > 0 and (g.ends is null or g.ends > c.sequence);
create index on judge.counted (member, sequence, region);
analyze judge.counted;

create table judge.in_hand as
select distinct a.member, a.sequence, a.region, a.day from judge.after_8 a
where a.standing_8 > 0
  and not exists (
    select from judge.counted s
    where (s.member, s.sequence, s.region, s.day) = (a.member, a.sequence, a.region, a.day));

create table judge.days as
select member, sequence, region, day from judge.counted
union select member, sequence, region, day from judge.in_hand;
create index on judge.days (member, sequence, region, day);
analyze judge.in_hand, judge.days;

create table judge.too_many as
select distinct h.member, h.sequence, h.region
from judge.in_hand h
join judge.days e on (e.member, e.sequence, e.region) = (h.member, h.sequence, h.region)
  and e.day >= h.day and e.day - interval '12 months' < h.day
where (select count(*) from judge.days d
       where (d.member, d.sequence, d.region) = (h.member, h.sequence, h.region)
         and d.day > e.day - interval '12 months' and d.day <= e.day) > 4;
create index on judge.too_many (member, sequence, region);
analyze judge.too_many;

create index on judge.after_8 (member, sequence);

create table judge.after_9 as
select a.*, case when exists (
         select from judge.too_many t where (t.member, t.sequence, t.region) = (a.member, a.sequence, a.region))
       then 0 else a.standing_8 end as standing_9
from judge.after_8 a;
create index on judge.after_9 (member, sequence);
analyze judge.after_9;

-- ESI-REGION
create table judge.expected as
with regions_on_file as (
  select member, sequence, array_agg(distinct region) as regions, bool_and(claim_type <> own_type) as are_of_the_other_type
  from (select f.*, c.claim_type as own_type from judge.same_day f join judge.claim c using (member, sequence)) f
  where allowed > 0 group by member, sequence),
first_region as (
  select distinct on (member, sequence) member, sequence, region
  from judge.after_9 where standing_9 > 0 order by member, sequence, line)
select a.member, a.sequence, a.line, a.units, a.allowed, a.pended,
       case when x.is_left_out then 0 else a.standing_9 end as should_allow,
       a.is_pended_7 or (x.is_left_out and x.is_contradiction) as should_pend
from judge.after_9 a
left join regions_on_file r using (member, sequence)
left join first_region f using (member, sequence)
cross join lateral (
  select a.standing_9 > 0 and not a.region = any (coalesce(r.regions, array[f.region])) as is_left_out,
         coalesce(r.are_of_the_other_type, false) and not exists (
           select from judge.after_9 o
           where o.member = a.member and o.sequence = a.sequence and o.standing_9 > 0 and o.region = any (r.regions)) as is_contradiction) x;
create index on judge.expected (member, sequence);
analyze judge.expected;
