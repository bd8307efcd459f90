import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ModelError } from './error.ts';
import { attribute, message, modelOf, node, opset, raw, tensorOf, text, value, varint, whole } from './onnx.fixture.ts';
import { checkOnnx } from './onnx.ts';
import { readManifest } from './manifest.ts';
import { packageFiles } from './package.fixture.ts';
import { expandPacked } from './packed.ts';

const real = packageFiles['fixture/1.0.0/int8.onnx'] ?? new Uint8Array();
const relu = node('Relu');
const external = message(13, text(1, 'location'));
const weights = (...inside: Uint8Array[]): Uint8Array => modelOf([relu, message(5, ...inside)]);
const numbers = (field: number, ...list: (number | bigint)[]): Uint8Array => message(field, ...list.map(varint));

describe('every model of the catalog', () => {
  const root = new URL('../../public/models/', import.meta.url);
  const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('manifest.json'))
    .map((path) => new URL(path, root));
  it.each(folders.map((url) => [url.pathname.split('/').slice(-3).join('/'), url] as const))('passes: %s', (_, url) => {
    const manifest = readManifest(JSON.parse(readFileSync(url, 'utf8')));
    for (const file of manifest.files) {
      const bytes = Uint8Array.from(readFileSync(new URL(file.path, url)));
      const onnx = file.role === 'packed' ? expandPacked(bytes, file.expanded.bytes) : bytes;
      expect(() => checkOnnx(onnx)).not.toThrow();
    }
  });
});

describe('an ONNX file passes', () => {
  const constant = node('Constant', attribute('value', message(5, tensorOf([2], raw(8)))));
  it.each<[what: string, model: Uint8Array]>([
    ['when all its weights are inside', real],
    ['with no weights at all', modelOf([relu, value(11, [1, 64])])],
    ['with numbers that are not raw', weights(tensorOf([3], numbers(7, 1, -1, 300), 7))],
    ['with float32 that is not raw, packed or one by one', weights(tensorOf([2], message(4, new Uint8Array(8))))],
    ['with bytes written as whole numbers', weights(tensorOf([2], numbers(5, 255, 3), 2))],
    ['with one number that has no axes', weights(tensorOf([], raw(4)))],
    ['with axes in one packed list', weights(numbers(1, 2, 3), whole(2, 1), raw(24))],
    ['when it says that a weight lies inside', weights(tensorOf([1], raw(4)), whole(14, 0))],
    ['with a constant, and a long list in one', modelOf([constant, node('Constant', attribute('v', whole(8, 9999)))])],
    ['with an axis counted from the end', modelOf([node('ReduceMean', attribute('axes', whole(8, -1)))])],
    ['with opsets that nothing uses', modelOf([relu], [opset(13), opset(1, 'com.microsoft')])],
    ["with ONNX's own domain spelt out", modelOf([node('Relu', text(7, 'ai.onnx'))], [opset(17, 'ai.onnx')])],
  ])('%s', (_, model) => {
    expect(() => checkOnnx(model)).not.toThrow();
  });
});

describe('an ONNX file is refused', () => {
  const branch = (field: number): Uint8Array => node('If', attribute('then_branch', message(field, relu)));
  const millionAxes = message(1, new Uint8Array(1_000_000).fill(1));
  const axes = Array.from({ length: 20_000 }, () => message(1, whole(1, 1)));
  const manyAxes = message(11, message(2, message(1, message(2, ...axes))));
  it.each<[what: string, model: Uint8Array, words: string]>([
    ['with a weight in another file', weights(tensorOf([1], raw(4)), external), 'another file'],
    ['with a weight elsewhere by its location alone', weights(tensorOf([1], raw(4)), whole(14, 1)), 'another file'],
    [
      'with a constant in another file',
      modelOf([node('Constant', attribute('value', message(5, tensorOf([1], raw(4)), external)))]),
      'another file',
    ],
    ['with sparse weights', modelOf([relu, message(15, message(1, external))]), 'sparse'],
    ['with a branch', modelOf([branch(6)]), 'control flow'],
    ['with a list of branches', modelOf([branch(11)]), 'control flow'],
    ['with a loop that has no body', modelOf([node('Loop')]), 'the operator "Loop"'],
    ['with a function of its own', modelOf([relu], [opset(13), message(25, text(1, 'f'))]), 'functions'],
    ['with a call of one', modelOf([node('Relu', text(8, 'f'))]), 'a function'],
    ['with training', modelOf([relu], [opset(13), message(20)]), 'training'],
    ['with an unknown operator', modelOf([node('Relu'), node('Frobnicate')]), 'the operator "Frobnicate"'],
    ['with one that makes much of little', modelOf([node('ConstantOfShape')]), 'the operator "ConstantOfShape"'],
    ['with one of another domain', modelOf([node('Relu', text(7, 'com.microsoft'))]), '"com.microsoft.Relu"'],
    ['with two in one node', modelOf([node('Loop', text(4, 'Relu'))]), 'two operators'],
    ['with none in a node', modelOf([message(1)]), 'the operator ""'],
    ['of an older opset', modelOf([relu], [opset(10)]), 'opset 10'],
    ['of a newer opset', modelOf([relu], [opset(22)]), 'opset 22'],
    ['of an opset below zero', modelOf([relu], [message(8, whole(2, -1))]), 'opset'],
    ['of no opset', modelOf([relu], []), 'opset'],
    ['of two opsets', modelOf([relu], [opset(13), opset(14)]), 'more than one opset'],
    ['of another IR version', modelOf([relu], [opset(13)], 99), 'IR version 99'],
    ['with fewer weights than it says', weights(tensorOf([2, 3], raw(20))), 'holds 5 elements'],
    ['with more weights than it says', weights(tensorOf([2, 3], raw(28))), 'holds 7 elements'],
    ['with none', weights(tensorOf([2, 3], new Uint8Array())), 'holds 0 elements'],
    ['with half a number', weights(tensorOf([1], raw(3))), 'holds 0.75 elements'],
    ['with numbers of another type', weights(tensorOf([2], numbers(7, 1, 2))), 'holds 2 elements'],
    ['with the same weights twice', weights(tensorOf([1], raw(4)), raw(4)), 'twice'],
    ['with weights in two places', weights(tensorOf([1], raw(4)), numbers(7, 1)), 'elements'],
    ['with texts for weights', weights(tensorOf([1], text(6, 'a'), 8)), 'of a kind'],
    ['with weights of a type that is none', weights(tensorOf([1], raw(4), 77)), 'type 77'],
    ['with weights in segments', weights(tensorOf([1], raw(4)), message(3)), 'of a kind'],
    ['with an axis below zero', weights(tensorOf([-1], raw(4))), 'elements are the most'],
    ['with an axis that is huge', weights(tensorOf([0, 2n ** 62n], raw(0))), 'elements are the most'],
    ['with axes that multiply to too much', weights(tensorOf([65_536, 65_536], raw(4))), 'elements are the most'],
    ['with a million axes', weights(millionAxes, whole(2, 1), raw(4)), 'more than 8 axes'],
    ['with an input of too much', modelOf([relu, value(11, [1, 65_536, 65_536])]), 'elements are the most'],
    ['with an output below zero', modelOf([relu, value(12, [-5])]), 'elements are the most'],
    ['with too much in between', modelOf([relu, value(13, [2n ** 40n])]), 'elements are the most'],
    ['with an input of many axes', modelOf([relu, manyAxes]), 'more than 8 axes'],
    ['with an input that is a list', modelOf([relu, message(11, message(2, message(4)))]), 'no tensor'],
    [
      'with absurd padding',
      modelOf([node('Conv', attribute('pads', numbers(8, 1, 1e9)))]),
      'an attribute of 1000000000',
    ],
    [
      'with padding far below zero',
      modelOf([node('Conv', attribute('pads', whole(8, -1_000_000)))]),
      'an attribute of',
    ],
    [
      'with more parts than a network has',
      modelOf(Array.from({ length: 20_001 }, () => relu)),
      'more than 20000 parts',
    ],
  ])('%s', (_, model, words) => {
    expect(() => checkOnnx(model)).toThrow(words);
    expect(() => checkOnnx(model)).toThrow(expect.objectContaining({ code: 'model-unsafe' }));
  });

  it.each<[what: string, bytes: Uint8Array]>([
    ['a page of HTML', new TextEncoder().encode('<!doctype html><title>404</title>')],
    ['nothing', new Uint8Array()],
    ['two graphs', modelOf([relu], [message(7, relu), opset(13)])],
    ['a number where the graph belongs', whole(7, 1)],
  ])('as no ONNX when it is %s', (_, bytes) => {
    expect(() => checkOnnx(bytes)).toThrow(expect.objectContaining({ code: 'manifest-invalid' }));
  });

  it('when cut anywhere before its opset', () => {
    for (let length = 0; length < real.length * 0.95; length += 7) {
      expect(() => checkOnnx(real.subarray(0, length))).toThrow(ModelError);
    }
  });
});
