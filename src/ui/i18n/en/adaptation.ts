export const adaptation = {
  title: 'Learn my hand',
  explain:
    'Ktav compares what you write with the letters that you said it read right or wrong, and leans towards yours. It learns at once and on this device alone; nothing is sent for it, and the model itself stays as it is.',
  toggle: 'Learn from my corrections',
  needsRecords: 'Turn on the questions above, so that there is something to learn from.',
  nothingYet: 'Nothing learnt yet. Every letter that you confirm or correct from now on counts.',
  working: 'Looking at your letters…',
  verified_one: '{{count}} verified letter',
  verified_other: '{{count}} verified letters',
  kinds: '{{letters}} different ones',
  before: 'Wrong by the model alone',
  after: 'Wrong with your hand learnt',
  measured:
    'Each of your letters was first read, and only then learnt from: these are true results, not read from what was already known.',
  resting:
    'Lately this did more harm than good for you, so the model answers alone. It goes on learning, and comes back by itself once it helps.',
  forget: 'Forget what you learnt',
  forgets: 'Your records stay. What was learnt from them is deleted, and they are not learnt from again.',
  forgotten: 'Forgotten. The model answers alone.',
  failed:
    'What was learnt cannot be kept or read on this device. Your records are intact, and the model answers alone. Turn this off and on to try again.',
  changed: 'By your hand: the model alone says {{name}}',
  changedUnsure: 'By your hand: the model alone is not sure',
} as const;
