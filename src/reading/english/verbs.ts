import type { Kind, Verb } from '../language.ts';
import { each, phrases } from '../phrases.ts';

type Measures = Readonly<Partial<Record<Kind, string>>>;
const of = (measures: Measures, object: boolean, subject: boolean, doubt?: string): Verb => ({
  measures,
  object,
  subject,
  ...(doubt !== undefined && { doubt }),
});

/** The forms of one verb: those that only take an object, those that also follow their subject, those that only do. */
function verb(
  measures: Measures,
  forms: { readonly object?: string; readonly both?: string; readonly subject?: string },
) {
  return [
    ...(forms.object ? each(of(measures, true, false), forms.object) : []),
    ...(forms.both ? each(of(measures, true, true), forms.both) : []),
    ...(forms.subject ? each(of(measures, false, true), forms.subject) : []),
  ];
}

const person = (measure: string): Measures => ({ people: measure });

const CAPTURE: Measures = {
  people: 'captured',
  settlement: 'settlements_captured',
  district: 'districts_captured',
  area: 'area_km2',
};
const SEIZE: Measures = { settlement: 'settlements_captured', district: 'districts_captured', area: 'area_km2' };
const DAMAGE: Measures = { facility: 'facilities_damaged', equipment: 'equipment_destroyed' };
const STOP: Measures = { facility: 'facilities_suspended', organisation: 'organisations_suspended' };

export const VERBS = phrases<Verb>([
  ...verb(person('killed'), {
    object:
      'kill, kills, killing, massacring, executing, murdering, claimed the lives of, claiming the lives of, took the lives of, cost the lives of, deaths of, death of, killing of, killings of, murder of, execution of, claimed',
    both: 'killed, executed, murdered, massacred, assassinated',
    subject: 'dead, died, dies, die, dying, slain, martyred, perished, lost their lives, beheaded, shot dead, lifeless',
  }),
  ...each(of(person('killed'), true, false, '“lost” was read as killed'), 'lost, losing, loss of'),
  ...verb(person('injured'), {
    object: 'injure, injures, injuring, wound, wounding, hurting, maiming, wounding of',
    both: 'injured, wounded, hurt, maimed',
    subject: 'in critical condition, in hospital, hospitalised, hospitalized',
  }),
  ...each(of(person('injured'), true, false), 'treated, treating'),
  ...verb(person('missing'), { subject: 'missing, unaccounted for, disappeared, gone missing, went missing' }),
  ...verb(CAPTURE, { object: 'capture, captures, capturing, capture of', both: 'captured' }),
  ...verb(person('captured'), { subject: 'taken prisoner, taken captive' }),
  ...verb(SEIZE, {
    object:
      'control, controls, controlled, controlling, seize, seizes, seizing, take, takes, taking, took, take control of, took control of, taken control of, taking control of, taken over, took over, control of, overran, overrun, liberating, gained control of, recapturing, retook, retaking, swept through',
    both: 'seized, taken, liberated, recaptured, retaken',
    subject: 'fell, fallen',
  }),
  ...verb(person('abducted'), {
    object: 'abduct, abducting, kidnap, kidnapping, abduction of, kidnapping of',
    both: 'abducted, kidnapped, taken hostage',
  }),
  ...verb(person('detained'), {
    object: 'detain, detains, detaining, arrest, arrests, arresting, arrest of, detention of, holds, holding',
    both: 'detained, arrested, imprisoned, rounded up',
    subject: 'held, being held, in custody, in detention',
  }),
  ...verb(person('freed'), { object: 'free, frees, freeing, releasing, release of', both: 'freed, released' }),
  ...verb(person('displaced'), {
    object: 'displace, displaces, displacing, uprooting, displacement of, forced, forcing, drove, driving',
    both: 'displaced, uprooted, evacuated',
    subject:
      'fled, flee, fleeing, forced to flee, forced from their homes, driven from their homes, left their homes, fled their homes, homeless, leaving their homes, internally displaced',
  }),
  ...verb(person('returned'), { subject: 'returned, return, returning, gone back, went back, came back' }),
  ...verb(person('crossed_border'), {
    subject: 'crossed the border, cross the border, crossing the border, crossed into, crossing into, entered lebanon',
  }),
  ...verb(person('affected'), { object: 'affecting, affects', both: 'affected', subject: 'in need' }),
  ...verb(person('population'), {
    object: 'home to, population of, houses, hosts',
    subject: 'live, lived, living, reside',
  }),
  ...verb(DAMAGE, {
    object: 'destroy, destroys, destroying, damage, damaging, damages, hitting, hit, destruction of, shelled, bombed',
    both: 'destroyed, damaged, struck, disabled',
  }),
  ...verb(STOP, {
    object: 'closing',
    both: 'suspended, closed, shut, shut down',
    subject:
      'out of service, out of action, stopped work, stopped working, suspended operations, suspended work, suspended activities, suspended services, suspended their work, suspended their operations, stopped operating, ceased operations, forced to close, not functioning',
  }),
  ...verb(
    { bomb: 'explosions' },
    {
      object: 'detonated, detonating, detonate, exploding, blew up',
      subject: 'exploded, explode, explodes, exploding, went off, detonated, blew up',
    },
  ),
]);
