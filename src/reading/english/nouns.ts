import type { Group } from '../../model/figure.ts';
import type { Noun } from '../language.ts';
import { each, phrases } from '../phrases.ts';

const people = (group: Group = {}, role = false): Noun => ({ kind: 'people', group, ...(role && { role }) });
const counted = (measure: string, group: Group = {}): Noun => ({ kind: 'people', measure, group });
const thing = (kind: Noun['kind']): Noun => ({ kind, role: true });

/** What a number counts, by the last word or words of what follows it. */
export const NOUNS = phrases<Noun>([
  ...each(people(), 'people, person, persons, others, other, victims, victim, individuals, souls, inhabitants, humans'),
  ...each(people({ status: 'civilian' }), 'civilians, civilian, noncombatants, non-combatants'),
  ...each(
    people({ status: 'combatant' }),
    'combatants, combatant, fighters, fighter, militants, militant, gunmen, gunman, terrorists, terrorist, militiamen, militiaman, extremists, jihadists, jihadist, insurgents, insurgent, rebels, rebel',
  ),
  ...each(
    people({ status: 'combatant' }, true),
    'soldiers, soldier, troops, servicemen, serviceman, officers, officer, conscripts, conscript, army officers, military personnel, recruits, commanders, commander, generals, general, regulars, snipers',
  ),
  ...each(
    people({ age: 'child' }),
    'children, child, minors, minor, kids, infants, infant, babies, baby, toddlers, toddler',
  ),
  ...each(people({ age: 'child', sex: 'female' }), 'girls, girl'),
  ...each(people({ age: 'child', sex: 'male' }), 'boys, boy'),
  ...each(people({ sex: 'female' }), 'women, woman, females'),
  ...each(people({ sex: 'male' }), 'men, man, males'),
  ...each(people({ age: 'adult' }), 'adults, adult'),
  ...each(
    people({}, true),
    'journalists, journalist, reporters, reporter, photographers, photographer, media workers, media worker, medics, medic, paramedics, paramedic, doctors, doctor, nurses, nurse, patients, patient, health workers, health worker, medical workers, medical staff, aid workers, aid worker, humanitarian workers, humanitarian worker, rescue workers, rescue worker, rescuers, rescuer, volunteers, volunteer, firefighters, students, student, teachers, teacher, pupils, farmers, farmer, shepherds, shepherd, families, family, households, household, residents, resident, villagers, villager, worshippers, passengers, prisoners, prisoner, detainees, detainee, inmates, inmate, hostages, hostage, captives, refugees, refugee, migrants, evacuees, policemen, policeman, police officers, police officer, security personnel, security guards, guards, guard, drivers, driver, workers, worker, employees, staff members, staff, foreigners, citizens, nationals, advisers, adviser, advisors, brothers, brother, sisters, sister, siblings, relatives, parents, couples, peacekeepers, peacekeeper, contractors, lawyers, activists, activist, elders, pilgrims, mother, mothers, father, fathers, husband, wife, grandmother, grandfather, son, sons, daughter, daughters, mayor, cameraman, women and children, children and women, elderly people, internally displaced people, idps, returnees, members, member, personnel, defectors, Alawites, alawites, Kurds, kurds, Christians, christians, Palestinians, palestinians, Syrians, syrians, Lebanese, Iraqis, iraqis, Russians, russians, Iranians, iranians, Turks, turks, Israelis, israelis',
  ),
  ...each(
    counted('killed'),
    'dead, deaths, death, fatalities, fatality, martyrs, martyr, bodies, corpses, killings, lives',
  ),
  ...each(counted('injured'), 'wounded, injured, injuries, injury'),
  ...each(
    counted('casualties'),
    'casualties, casualty, dead and wounded, dead and injured, killed and wounded, dead or wounded',
  ),
  ...each(counted('missing'), 'missing, disappearances'),
  ...each(counted('displaced'), 'displaced, displacements'),
  ...each(counted('abducted'), 'abductions, kidnappings'),
  ...each(counted('detained'), 'arrests, detentions'),
  ...each(
    { kind: 'event', measure: 'strikes' } as const,
    'air strikes, air strike, airstrikes, airstrike, strikes, strike, air raids, air raid, raids, drone strikes, drone strike, missile strikes, missile strike, bombing raids, sorties',
  ),
  ...each(
    { kind: 'event', measure: 'attacks' } as const,
    'attacks, attack, assaults, drone attacks, rocket attacks, missile attacks, shelling attacks, artillery attacks',
  ),
  ...each({ kind: 'event', measure: 'explosions' } as const, 'explosions, explosion, blasts, blast, detonations'),
  ...each(
    thing('bomb'),
    'car bombs, car bomb, bombs, bomb, mines, landmines, landmine, ieds, suicide bombers, booby traps',
  ),
  ...each(
    { kind: 'settlement' } as const,
    'villages, village, towns, town, settlements, settlement, localities, hamlets, villages and towns, towns and villages, villages and positions, towns, cities, communities, cities and towns',
  ),
  ...each(
    { kind: 'district' } as const,
    'districts, district, neighbourhoods, neighbourhood, neighborhoods, neighborhood, quarters',
  ),
  ...each(
    thing('facility'),
    'hospitals, hospital, schools, school, clinics, clinic, health facilities, health facility, medical facilities, medical facility, health centres, health centers, facilities, facility, mosques, mosque, churches, markets, market, bakeries, bakery, water stations, water station, power stations, camps, camp, ambulances, homes, houses, house, buildings, building, bridges, shops',
  ),
  ...each(
    thing('organisation'),
    'ngos, ngo, aid groups, aid organisations, aid organizations, organisations, organizations, partners, humanitarian organisations, humanitarian organizations, agencies',
  ),
  ...each(
    thing('equipment'),
    'tanks, tank, vehicles, vehicle, armoured vehicles, armored vehicles, pickups, pickup trucks, armoured personnel carriers, aircraft, drones, drone, helicopters, helicopter, warplanes, guns, howitzers, rocket launchers, launchers, artillery pieces, bulldozers, military vehicles, jets',
  ),
  ...each(
    { kind: 'area' } as const,
    'square kilometres, square kilometers, square km, sq km, km², km2, square kilometre, sq. km',
  ),
  ...each(
    { kind: 'unit' } as const,
    'km, kilometres, kilometers, kilometre, kilometer, miles, mile, metres, meters, m, cm, feet, yards, hectares, acres, hours, hour, minutes, minute, seconds, days, day, weeks, week, months, month, years, year, decades, decade, centuries, nights, night, times, percent, per cent, per, %, ‰, °, percentage, points, degrees, dollars, dollar, pounds, euros, euro, lira, liras, rubles, roubles, usd, eur, cents, tonnes, tons, tonne, ton, kg, kilograms, kilos, litres, liters, barrels, mm, megawatts, mw, rounds, shells, rockets, rocket, missiles, trucks, truck, planes, pages, page, votes, seats, countries, nations, states, languages, parties, articles, copies, views, followers, retweets, likes, posts, photos, videos, meetings, talks, ministers, presidents, leaders, powers, points, steps, phases, stages, rooms, floors, storeys, kilometre-long, am, pm, a.m., p.m., gmt, utc, cows, sheep, goats, cattle, animals, horses, trees, boxes, bags, tents, beds, litre, megabytes, ways, reasons, questions, goals, checkpoints, bases, positions, reports, statements, sources, witnesses, officials, accounts, convoys, convoy, operations, battles, sectors, fronts, axes',
  ),
]);

/** Between a number and its noun: which people. */
export const KINDS = phrases<Group>([
  ...each<Group>({ status: 'civilian' }, 'civilian, non-combatant, unarmed'),
  ...each<Group>({ status: 'combatant' }, 'combatant, armed, militant, jihadist'),
  ...each<Group>({ sex: 'female' }, 'female, women'),
  ...each<Group>({ sex: 'male' }, 'male'),
  ...each<Group>({ age: 'child' }, 'child, underage'),
]);

export const SIDE_WORDS: Readonly<Record<string, readonly string[]>> = {
  government: ['government', 'regime', 'pro-government', 'pro-regime', 'loyalist', 'government-aligned', 'pro-assad'],
  opposition: ['opposition', 'rebel', 'rebels', 'insurgent', 'insurgents', 'anti-government', 'anti-regime'],
};
