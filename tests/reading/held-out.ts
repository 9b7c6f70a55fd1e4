import type { Sentence } from './sentence.ts';

/** Written before the reader was, and not looked at while it was written. See sentence.ts for the columns. */
export const HELD_OUT: readonly Sentence[] = [
  // Wire copy.
  [
    'At least 37 people were killed on Friday when shells hit a bus station in Idlib, the Syrian Observatory for Human Rights said.',
    'killed | at least 37 | - | incident | sohr',
  ],
  [
    'Two rescue workers and five civilians died in the raid, according to the White Helmets.',
    'killed | 2 | "rescue workers" | incident | white-helmets',
    'killed | 5 | civilian | incident | white-helmets',
  ],
  [
    'Reuters reported, citing the Observatory, that 61 government soldiers had been killed since Wednesday.',
    'killed | 61 | combatant @government | cumulative | sohr',
  ],
  [
    'The strike killed 14 people, among them six women and three children, and wounded 41 others, state media said.',
    'killed | 14 | - | incident | syrian-state-media',
    'killed | 6 | female | incident | syrian-state-media | subset',
    'killed | 3 | child | incident | syrian-state-media | subset',
    'injured | 41 | - | incident | syrian-state-media',
  ],
  [
    'Some 48,500 people have been displaced since the start of the offensive, OCHA said on Saturday.',
    'displaced | some 48,500 | - | cumulative | ocha',
  ],
  [
    'More than 200 fighters on both sides have died since the attack began, the monitor told AFP.',
    'killed | more than 200 | combatant | cumulative | ?monitor',
  ],
  [
    'Twenty-five villages were captured by the insurgents within a day, the Observatory reported.',
    'settlements_captured | 25 | - | incident | sohr',
  ],
  [
    'The death toll from the shelling of Saraqib has risen to 19, a local medic told Reuters.',
    'killed | 19 | - | cumulative | ?local medic',
  ],
  [
    'Russian warplanes carried out at least 26 air strikes overnight, SOHR said.',
    'strikes | at least 26 | - | incident | sohr',
  ],
  [
    'Between 60,000 and 80,000 people have fled Tal Rifaat, said the UN refugee agency.',
    'displaced | 60,000 to 80,000 | - | cumulative | unhcr',
  ],
  [
    'SANA said four civilians were killed and two injured when a shell struck student housing in Aleppo.',
    'killed | 4 | civilian | incident | sana',
    'injured | 2 | civilian | incident | sana',
  ],
  [
    'Another 12 civilians were killed on Thursday, bringing the total to 69, OCHA said.',
    'killed | 12 | civilian | increment | ocha',
    'killed | 69 | civilian | cumulative | ocha',
  ],
  [
    'The ministry in Damascus claimed that "more than 300 terrorists" had been killed in the past 24 hours.',
    'killed | more than 300 | combatant | increment | ?ministry in damascus',
  ],
  [
    'A hospital and three schools were damaged by artillery fire, the United Nations said.',
    'facilities_damaged | 1 | "hospital" | incident | un',
    'facilities_damaged | 3 | "schools" | incident | un',
  ],
  [
    'Hundreds of families are displaced and living in tents, UNICEF said.',
    'displaced | hundreds | "families" | stock | unicef',
  ],
  [
    'As many as 40 people may be trapped under rubble, and nearly a dozen are missing, rescuers said.',
    'missing | nearly 12 | - | stock | ?rescuers',
  ],
  [
    'Anadolu reported that opposition forces had seized 32 settlements and about 245 square kilometres.',
    'settlements_captured | 32 | - | incident | anadolu',
    'area_km2 | about 245 | - | incident | anadolu',
  ],
  ['Up to 70 prisoners were freed from the jail, HTS said.', 'freed | up to 70 | "prisoners" | incident | hts'],
  [
    'Activists said one child was killed and her two brothers wounded.',
    'killed | 1 | child | incident | activists',
    'injured | 2 | "brothers" | incident | activists',
  ],
  [
    'The Observatory raised its toll to 311: 183 opposition fighters, 100 government soldiers and 28 civilians.',
    'killed | 311 | - | cumulative | sohr',
    'killed | 183 | combatant @opposition | cumulative | sohr | partition',
    'killed | 100 | combatant @government | cumulative | sohr | partition',
    'killed | 28 | civilian | cumulative | sohr | partition',
  ],
  [
    'Clashes left 12 dead and scores wounded, residents said.',
    'killed | 12 | - | incident | ?residents',
    'injured | scores | - | incident | ?residents',
  ],
  [
    'Around 50,000 people have returned to their homes since Monday, the IDP Task Force said.',
    'returned | around 50,000 | - | cumulative | idp-task-force',
  ],
  [
    'The SDF said its forces had captured 16 Turkish-backed fighters near Manbij.',
    'captured | 16 | combatant "Turkish-backed fighters" | incident | sdf',
  ],
  [
    'Gunmen abducted three aid workers on the road to Hama, two local sources said.',
    'abducted | 3 | "aid workers" | incident | ?two local sources',
  ],
  [
    'Some 1.5 million people lived in the province before the war, the UN said.',
    'population | some 1,500,000 | - | stock | un',
  ],
  // NGO releases.
  [
    'WHO has verified 3 attacks on health care this week, which killed one paramedic and injured four patients.',
    'attacks | 3 | - | increment | who',
    'killed | 1 | "paramedic" | increment | who',
    'injured | 4 | "patients" | increment | who',
  ],
  [
    'From 26 to 28 November, at least 12 civilians, including 4 children, were killed and 46 injured, OCHA reported.',
    'killed | at least 12 | civilian | cumulative | ocha',
    'killed | 4 | civilian child | cumulative | ocha | subset',
    'injured | 46 | civilian | cumulative | ocha',
  ],
  [
    'SNHR documented the deaths of 149 civilians, of whom 35 were children and 16 women, between 27 November and 3 December.',
    'killed | 149 | civilian | cumulative | snhr',
    'killed | 35 | civilian child | cumulative | snhr | subset',
    'killed | 16 | civilian female | cumulative | snhr | subset',
  ],
  [
    'At least 24 health facilities have suspended operations in Idlib.',
    'facilities_suspended | at least 24 | "health facilities" | stock | -',
  ],
  [
    'Thirty NGOs have stopped work because of the fighting, the task force said.',
    'organisations_suspended | 30 | "NGOs" | stock | idp-task-force',
  ],
  [
    'Nearly half a million people have been displaced since 27 November – more than half of them children – according to UNICEF.',
    'displaced | nearly 500,000 | - | cumulative | unicef',
    'displaced | more than half of them | child | cumulative | unicef | subset',
  ],
  [
    'Our teams treated 117 wounded, 40 of them children, Save the Children said.',
    'injured | 117 | - | incident | save-the-children',
    'injured | 40 | child | incident | save-the-children | subset',
  ],
  [
    'CPJ: two journalists killed, one missing in northern Syria',
    'killed | 2 | "journalists" | incident | cpj',
    'missing | 1 | "journalists" | stock | cpj',
  ],
  [
    'UNHCR estimates that 12 000 refugees have crossed the border into Lebanon.',
    'crossed_border | 12,000 | "refugees" | cumulative | unhcr',
  ],
  // Telegram posts and headlines.
  [
    'BREAKING: 7 killed, 20+ injured in airstrike on Ariha market',
    'killed | 7 | - | incident | -',
    'injured | at least 20 | - | incident | -',
  ],
  ['Toll climbs to 255 in Aleppo fighting – SOHR', 'killed | 255 | - | cumulative | sohr'],
  [
    '🔴 White Helmets: 3 civilians killed (incl. a child) & 11 injured in Atarib',
    'killed | 3 | civilian | incident | white-helmets',
    'killed | 1 | civilian child | incident | white-helmets | subset',
    'injured | 11 | civilian | incident | white-helmets',
  ],
  [
    'Military Operations Command: our forces destroyed 5 tanks and captured 18 soldiers in western Aleppo countryside',
    'equipment_destroyed | 5 | "tanks" | incident | military-operations-command',
    'captured | 18 | combatant "soldiers" | incident | military-operations-command',
  ],
  ['Syria: over 14,000 displaced in two days (UN)', 'displaced | more than 14,000 | - | cumulative | un'],
  [
    'Dozens dead as two car bombs explode in Aleppo',
    'killed | dozens | - | incident | -',
    'explosions | 2 | "car bombs" | incident | -',
  ],
  [
    'Update: number of wounded now 54, four of them in critical condition — Syria Civil Defence',
    'injured | 54 | - | cumulative | white-helmets',
    'injured | 4 | - | cumulative | white-helmets | subset',
  ],
  ['15k people fled Idlib city overnight', 'displaced | 15,000 | - | incident | -'],
  ['Rebels seize 4 districts of Aleppo, 20 soldiers surrender', 'districts_captured | 4 | - | incident | -'],
  [
    '4 martyrs and 9 wounded in the bombing of Khan Sheikhoun',
    'killed | 4 | - | incident | -',
    'injured | 9 | - | incident | -',
  ],
  [
    'Six Russian soldiers reported killed near Morek',
    'killed | 6 | combatant @government "Russian soldiers" | incident | -',
  ],
  [
    '"We lost 8 men," a commander of the Syrian National Army said.',
    'killed | 8 | male | incident | ?commander of the syrian national army',
  ],
  ['No casualties were reported after the strike on Damascus, SANA said.', 'casualties | no | - | incident | sana'],
  ['No one was hurt, the governor of Hama said.', 'injured | no | - | incident | governor-of-hama'],
  [
    'An estimated 3,000–4,000 people were stranded; 20 to 30 of them were injured.',
    'injured | 20 to 30 | - | incident | -',
  ],
  ['Two more people died of their wounds on Friday, doctors said.', 'killed | 2 | - | increment | ?doctors'],
  [
    'Hezbollah acknowledged the death of 3 of its fighters.',
    'killed | 3 | combatant @foreign-allies | incident | ?hezbollah',
  ],
  [
    'The Russian Defence Ministry said that its aircraft had killed at least 200 militants.',
    'killed | at least 200 | combatant | incident | russian-defence-ministry',
  ],
  [
    "Turkey's foreign ministry said fewer than 10 people had been detained.",
    'detained | up to 9 | - | incident | turkish-foreign-ministry',
  ],
  ['There were 17 casualties, hospital sources said.', 'casualties | 17 | - | incident | ?hospital sources'],
  [
    'Most of the 255 killed were combatants.',
    'killed | 255 | - | incident | -',
    'killed | most of them | combatant | incident | - | subset',
  ],
  // What holds numbers and no figure.
  ['The T-72 was hit by an RPG-7 near kilometre 12 of the M5 highway.'],
  ['The 25th Division and the 46th Regiment withdrew towards Hama.'],
  ['Ahmed, 34, and his wife, 29, left Aleppo on 28 November 2024 at 18:30.'],
  ['The offensive is the largest since 2016 and has lasted 48 hours.'],
  ['Rebels are now 15 km from Aleppo and 3 miles from the airport.'],
  ['Prices rose by 30 percent; bread costs 3,000 pounds.'],
  ['UN Security Council Resolution 2254 was adopted in 2015.'],
  ['Call +963 21 555 0142 or 112 in an emergency.'],
  ['The lira fell to 14,750 against the dollar on Friday.'],
  ['The minister met his counterpart for 2 hours in Room 4 on 1 December.'],
  ['SOHR denied that 40 people had been killed in the prison.'],
  ['The strike did not kill 12 soldiers, as had been claimed.'],
  ['Three months ago the road was closed for two weeks.'],
  ['The first convoy of 25 trucks arrived through Bab al-Hawa.'],
  ['Iran sent two planes with 40 tonnes of aid.'],
  ['A 12-year-old boy spoke to reporters.'],
  ['See page 14, section 3.2 and footnote [7].'],
  ['Mi-8 and Su-24 aircraft were seen over Idlib at 0600 hours.'],
  ['Base 46 fell within 12 hours of the attack.'],
  ['The group fired 30 rockets and 4 drones at the airport.'],
  ['Talks between the five powers resume on 2 December.'],
  ['More than 80 per cent of the city is without water.'],
  ['He was sentenced to 20 years in prison and fined $5,000.'],
  ['The Syrian army said it had redeployed its forces.'],
  ['Fighting continued for a third day.'],
  ['The assault began at 5 a.m. and the city fell in 72 hours.'],
  ['https://example.org/news/2024/11/29/killed-255 was shared 1,200 times.'],
  ['The 2016 battle is remembered as one of the worst of the war.'],
  ['Four of the seven bridges over the river are open.'],
  ['He has served under two presidents and three ministers since 2011.'],
];
