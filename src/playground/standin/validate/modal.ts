import type { Complaints, Path } from '../complaints.ts';
import { isObject, type JsonObject } from '../json.ts';
import { checkCustomId, checkOptions, checkSelect } from './choices.ts';
import { Part } from './components.ts';

const IN_LABEL = [4, 3, 5, 6, 7, 8, 19, 21, 22, 23] as const;

/** Checks the data of a modal callback (type 9). */
export function checkModal(issues: Complaints, modal: JsonObject, path: Path): void {
  issues.text(modal, 'custom_id', path, { min: 1, max: 100, required: true });
  issues.text(modal, 'title', path, { min: 1, max: 45, required: true });
  const seen = new Set<string>();
  for (const { at, item } of issues.objects(modal, 'components', path, { min: 1, max: 5 })) {
    const here = [...path, 'components', at];
    const type = issues.choice(item, 'type', here, [Part.label, Part.text, Part.row]);
    if (type === Part.text) issues.text(item, 'content', here, { min: 1, max: 4000, required: true });
    else if (type === Part.label) checkLabel(issues, item, here, seen);
    else if (type === Part.row) checkOldRow(issues, item, here, seen);
  }
}

function checkLabel(issues: Complaints, label: JsonObject, path: Path, seen: Set<string>): void {
  issues.text(label, 'label', path, { min: 1, max: 45, required: true });
  issues.text(label, 'description', path, { max: 100 });
  const { component } = label;
  const here = [...path, 'component'];
  if (!isObject(component)) {
    issues.add(here, 'BASE_TYPE_REQUIRED', 'This field is required');
    return;
  }
  const type = issues.choice(component, 'type', here, IN_LABEL);
  if (type === undefined) return;
  if (component['disabled'] === true) {
    issues.add([...here, 'disabled'], 'MODAL_COMPONENT_DISABLED', 'Components in a modal cannot be disabled');
  }
  if (type === Part.textInput) checkTextInput(issues, component, here, seen);
  else if (type === 19 || type >= 21) checkOther(issues, component, here, seen, type);
  else {
    checkSelect(issues, component, here, seen);
    checkLeast(issues, component, here);
  }
}

function checkTextInput(issues: Complaints, input: JsonObject, path: Path, seen: Set<string>): void {
  checkCustomId(issues, input, path, seen);
  issues.choice(input, 'style', path, [1, 2]);
  const least = issues.integer(input, 'min_length', path, { min: 0, max: 4000 });
  const most = issues.integer(input, 'max_length', path, { min: 1, max: 4000 });
  if (least !== undefined && most !== undefined && least > most) {
    issues.add([...path, 'min_length'], 'BASE_TYPE_MAX', 'min_length must not be above max_length');
  }
  issues.truth(input, 'required', path);
  issues.text(input, 'value', path, { max: most ?? 4000 });
  issues.text(input, 'placeholder', path, { max: 100 });
}

/** File upload 19, radio group 21, checkbox group 22, checkbox 23. */
function checkOther(issues: Complaints, input: JsonObject, path: Path, seen: Set<string>, type: number): void {
  checkCustomId(issues, input, path, seen);
  if (type === 19) {
    issues.integer(input, 'min_values', path, { min: 0, max: 10 });
    issues.integer(input, 'max_values', path, { min: 1, max: 10 });
  } else if (type === 21) checkOptions(issues, input, path, { min: 2, max: 10 });
  else if (type === 22) checkBoxes(issues, input, path);
  else if (input['required'] === true) {
    issues.add([...path, 'required'], 'MODAL_CHECKBOX_REQUIRED', 'A lone checkbox cannot be required');
  }
}

function checkBoxes(issues: Complaints, group: JsonObject, path: Path): void {
  const count = checkOptions(issues, group, path, { min: 1, max: 10 });
  const least = issues.integer(group, 'min_values', path, { min: 0, max: 10 });
  const most = issues.integer(group, 'max_values', path, { min: 1, max: 10 }) ?? count;
  checkLeast(issues, group, path);
  if (count > 0 && (most > count || (least ?? 0) > most))
    issues.add([...path, 'max_values'], 'BASE_TYPE_MAX', `max_values must be min_values to ${count}`);
}

function checkLeast(issues: Complaints, input: JsonObject, path: Path): void {
  if (input['min_values'] === 0 && input['required'] !== false)
    issues.add([...path, 'min_values'], 'NUMBER_TYPE_MIN', 'min_values must be 1 or more when the input is required');
}

function checkOldRow(issues: Complaints, row: JsonObject, path: Path, seen: Set<string>): void {
  for (const { at, item } of issues.objects(row, 'components', path, { min: 1, max: 1 })) {
    const here = [...path, 'components', at];
    if (issues.choice(item, 'type', here, [Part.textInput]) === undefined) continue;
    issues.text(item, 'label', here, { min: 1, max: 45, required: true });
    checkTextInput(issues, item, here, seen);
  }
}
