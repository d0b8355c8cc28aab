/** Escape sequences: CSI, OSC and the other strings up to their terminator, and two-character ones. */
const ESCAPES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
/** All other control characters but tab and line feed, and those that turn the direction of writing. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text of others (AWS, logs, files) without anything by which it could command a terminal. */
export const cleanText = (text: string): string =>
  text.replace(/\r\n/g, '\n').replace(ESCAPES, '').replace(CONTROLS, '');
