/** Words of the upload and camera screens. */
export const picture = {
  uploadTitle: 'Upload pictures',
  uploadLeadSends:
    'Pictures of one handwritten letter each. They are read on this device. If you say whether an answer was right, the letter goes to the place that you agreed to.',
  uploadLead: 'Pictures of one handwritten letter each. They are read on this device and go nowhere.',
  dropHere: 'Drop pictures here',
  dropOr: 'or paste them with Ctrl V, or',
  dropNow: 'Let go: they will be read here',
  choose: 'Choose pictures',
  paste: 'Paste',
  pasteNothing: 'There is no picture on the clipboard.',
  pasteRefused: 'The browser did not allow a look at the clipboard. Press Ctrl V (⌘ V) instead.',
  formats:
    'PNG and JPEG up to 64 megapixels; progressive JPEG, WebP, GIF and BMP up to 25; AVIF up to 18. No file over 64 MB.',
  results: 'Pictures and what they say',
  progress: '{{done}} of {{count}} read',
  progressLabel: 'Reading the pictures',
  stop: 'Stop',
  clear: 'Take all away',
  surplus: 'Only the first {{limit}} pictures are read at a time; {{count}} were left out.',
  unnamed: 'Picture {{number}}',
  cardName: '{{name}}: answer',
  alt: 'Your picture: {{name}}',
  waiting: 'It is its turn soon.',
  hint: 'One letter, as large as you like.',
  tools: 'Adjust {{name}}',
  crop: 'Crop',
  cropDone: 'Done',
  cropAll: 'Whole picture',
  turn: 'Turn by a quarter',
  invert: 'Swap ink and paper',
  remove: 'Take {{name}} away',
  frame: {
    group: 'Crop frame of {{name}}',
    whole: 'Crop frame',
    'start-top': 'Upper left corner of the crop',
    'end-top': 'Upper right corner of the crop',
    'start-bottom': 'Lower left corner of the crop',
    'end-bottom': 'Lower right corner of the crop',
    help: 'Arrow keys move it, Shift makes bigger steps, Escape takes the whole picture.',
    state: '{{width}} by {{height}} pixels, {{left}} from the left, {{top}} from the top',
    hint: 'Drag over the letter to crop to it.',
  },
  kept: 'Your picture is still here.',
  badInputNext: 'Try another picture, or crop closer to the letter.',
  refusal: {
    empty: {
      happened: 'This file is empty: it has 0 bytes.',
      next: 'Copy or download the picture again and choose the new file.',
    },
    html: {
      happened: 'This is a web page, not a picture, whatever its name says.',
      next: 'Open the page, save the picture in it with a right click (or a long press), and choose that file.',
    },
    text: { happened: 'This is a text file, not a picture.', next: 'Choose a photo or a scan of the letter.' },
    pdf: {
      happened: 'This is a PDF document, not a picture.',
      next: 'Take a screenshot of the letter in it, or export the page as PNG or JPEG.',
    },
    archive: {
      happened: 'This is an archive of files, not a picture.',
      next: 'Unpack it and choose the pictures inside.',
    },
    video: {
      happened: 'This is a film or a sound, not a picture.',
      next: 'Pause it at the letter, take a screenshot, and choose that.',
    },
    unknown: {
      happened: 'This file is not a picture of any kind that Ktav knows.',
      next: 'Choose a PNG, JPEG, WebP, GIF, AVIF or BMP file.',
    },
    svg: {
      happened: 'This is an SVG drawing. It can hold programs, so it is not opened.',
      next: 'Export it as PNG, or take a screenshot of it.',
    },
    'unsupported-format': {
      happened: 'This is a {{name}} file, which browsers do not show.',
      next: 'Save it as PNG or JPEG in a picture program and choose that file.',
    },
    heic: {
      happened: 'This is a HEIC picture, as iPhones take them. This browser cannot open it.',
      next: 'Share it as JPEG, or set Settings › Camera › Formats › Most Compatible and take it again. Safari opens HEIC.',
    },
    truncated: {
      happened: 'The end of this {{format}} file is missing.',
      next: 'It was not downloaded or copied completely: do that again, then choose the new file.',
    },
    damaged: {
      happened: 'This {{format}} file is damaged.',
      next: 'Copy it from its source again, or open it in a picture program and save it anew.',
    },
    'too-many-pixels': {
      happened: 'This picture has {{width}} × {{height}} pixels; {{limit}} megapixels is the most that is opened.',
      next: 'Crop it to the letter or save it smaller, and choose that file.',
    },
    'too-long-side': {
      happened: 'This picture has {{width}} × {{height}} pixels; no side may be longer than {{limit}}.',
      next: 'Crop it to the letter and choose that file.',
    },
    'too-heavy': {
      happened: 'Opening this picture would take {{megabytes}} MB of memory; {{limit}} MB is the most that is taken.',
      next: 'Crop it to the letter or save it smaller, and choose that file.',
    },
    'file-too-large': {
      happened: 'This file has {{megabytes}} MB; {{limit}} MB is the most that is opened.',
      next: 'Crop it to the letter or save it smaller, and choose that file.',
    },
    'unreadable-file': {
      happened: 'This file cannot be read any more: it was moved, changed or taken away.',
      next: 'Choose it again.',
    },
    undecodable: {
      happened: 'This browser cannot open this {{format}} file.',
      next: 'Save it as PNG or JPEG in a picture program and choose that file.',
    },
  },
  cameraTitle: 'Camera',
  cameraLeadSends:
    'Hold one letter inside the frame. It is read on this device. If you say whether the answer was right, the letter goes to the place that you agreed to.',
  cameraLead: 'Hold one letter inside the frame. The picture stays on this device.',
  live: 'What the camera sees',
  aim: 'The letter goes in here',
  shoot: 'Read the letter',
  startCamera: 'Start the camera',
  starting: 'The camera is starting…',
  paused: 'The camera rests while this page is out of sight.',
  device: 'Camera',
  deviceNumber: 'Camera {{number}}',
  switchCamera: 'Other camera',
  torch: 'Light',
  ownCamera: 'Take a photo with the phone’s own camera',
  again: 'Try again',
  cameraHint: 'Aim and press the round button.',
  shotName: 'Photo',
  problem: {
    denied: {
      happened: 'The camera is not allowed for this page.',
      next: 'Allow it in the browser (the icon beside the address), then try again. Or take the photo with the camera app.',
    },
    'no-camera': {
      happened: 'There is no camera on this device.',
      next: 'Plug one in and try again, or upload a picture.',
    },
    'in-use': {
      happened: 'Another program is using the camera.',
      next: 'Close it there and try again.',
    },
    insecure: {
      happened: 'Browsers give the camera to secure pages (https) only, and this address is none.',
      next: 'Open Ktav by https or on localhost, or take the photo with the camera app.',
    },
    unsupported: {
      happened: 'This browser offers no camera to pages.',
      next: 'Take the photo with the camera app, or upload a picture.',
    },
    lost: {
      happened: 'The camera was switched off or unplugged.',
      next: 'Try again when it is back.',
    },
    failed: {
      happened: 'The camera did not start.',
      next: 'Try again. If it stays so, take the photo with the camera app.',
    },
  },
} as const;
