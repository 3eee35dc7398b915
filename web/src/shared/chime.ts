/** Two soft notes, made and not loaded. */

const NOTES = [880, 1174.66];
const NOTE_SECONDS = 0.14;

/** Play them; silent where the browser wants a click in this page first. */
export function chime(context: AudioContext): void {
  void context.resume();
  NOTES.forEach((pitch, place) => note(context, pitch, place * NOTE_SECONDS));
}

function note(context: AudioContext, pitch: number, after: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  const start = context.currentTime + after;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.12, start);
  volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + NOTE_SECONDS);
}
