// Reads a tag template as Google Tag Manager exports it: sections that begin with ___NAME___.
import {readFileSync} from 'node:fs';

const SECTION = /^___([A-Z_]+)___$/m;

export function readTemplate(path) {
  const [, ...parts] = readFileSync(path, 'utf8').split(SECTION);
  const sections = new Map();
  for (let n = 0; n < parts.length; n += 2) sections.set(parts[n], parts[n + 1].trim());
  return {
    names: [...sections.keys()],
    info: JSON.parse(sections.get('INFO')),
    parameters: JSON.parse(sections.get('TEMPLATE_PARAMETERS')),
    permissions: JSON.parse(sections.get('SERVER_PERMISSIONS')),
    code: sections.get('SANDBOXED_JS_FOR_SERVER'),
    ...readTests(sections.get('TESTS')),
  };
}

// The YAML of this one section: a list of names with code, and the code that runs before each.
function readTests(text) {
  const scenarios = [];
  let setup = [];
  let block;
  for (const line of text.split('\n')) {
    const name = line.match(/^- name: (.*)$/);
    if (name) scenarios.push({name: name[1], code: block = []});
    else if (line === 'setup: |-') block = setup;
    else if (line !== 'scenarios:' && line !== '  code: |-') block.push(line);
  }
  return {scenarios: scenarios.map(({name, code}) => ({name, code: code.join('\n')})), setup: setup.join('\n')};
}

// Every field of the form, those in groups as well.
export function fieldsOf(parameters) {
  return parameters.flatMap((field) => (field.subParams ? fieldsOf(field.subParams) : [field]));
}
