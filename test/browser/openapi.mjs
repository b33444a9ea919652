// The OpenAPI document of the product: by the schema of OpenAPI 3.1, and by what a schema cannot
// say: references lead somewhere, operations have names of their own, paths say what they take.
import { Validator } from '@seriousme/openapi-schema-validator';

const methods = ['get', 'put', 'post', 'delete', 'patch'];

function* refs(value) {
	if (value === null || typeof value !== 'object') return;
	if (typeof value.$ref === 'string') yield value.$ref;
	for (const child of Object.values(value)) yield* refs(child);
}

function leads(document, ref) {
	return ref.startsWith('#/') && ref.slice(2).split('/').reduce((at, key) => at?.[key], document) !== undefined;
}

/** What is wrong with a document, a line each. */
export async function openapiFaults(document) {
	const result = await new Validator().validate(structuredClone(document));
	const wrong = result.valid ? [] : [result.errors].flat().map((e) => (typeof e === 'string' ? e : `${e.instancePath} ${e.message}`));
	for (const ref of new Set(refs(document))) if (!leads(document, ref)) wrong.push(`${ref} leads nowhere`);
	const names = new Set();
	for (const [path, item] of Object.entries(document.paths ?? {})) {
		for (const [method, operation] of Object.entries(item).filter(([key]) => methods.includes(key))) {
			const what = `${method} ${path}`, takes = [...item.parameters ?? [], ...operation.parameters ?? []];
			const said = takes.filter((p) => p.in === 'path').map((p) => p.name).sort();
			const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map((m) => m[1]).sort();
			if (String(said) !== String(inPath)) wrong.push(`${what}: the path has ${inPath}, the parameters ${said}`);
			if (names.has(operation.operationId)) wrong.push(`${what}: another is called ${operation.operationId} too`);
			names.add(operation.operationId);
		}
	}
	return wrong;
}
