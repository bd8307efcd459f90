import * as fc from 'fast-check';
import type { Ink, Point, Stroke } from './ink.ts';

/** Coordinates on a grid of 1/64 pixel, so that shifts and doublings are exact in binary. */
const coordinate = fc.integer({ min: 0, max: 64 * 400 }).map((n) => n / 64);
const pointOf = fc.record({ x: coordinate, y: coordinate, t: fc.nat(5000) });

export const strokeOf: fc.Arbitrary<Stroke> = fc.array(pointOf, { minLength: 1, maxLength: 12 });
export const inkOf: fc.Arbitrary<Ink> = fc.array(strokeOf, { minLength: 1, maxLength: 4 });

export const mapPoints = (ink: Ink, change: (point: Point) => Point): Ink => ink.map((stroke) => stroke.map(change));
