/* The two ends of the sound, in the audio thread: the microphone's frames of 20 ms, and the player with its buffer. */
const FRAMES_A_SECOND = 50;
const LEAST = 3; // frames that wait before anything sounds: 60 ms
const MOST = 15; // as far as a bad network may drive that
const SPARE = 5; // frames beyond, from which silence is left out
const FULL = 50; // frames beyond which the oldest are left out
const QUIET = 0.004; // of 1
const CALM = 10; // s without a gap after which a frame less has to wait
const REPORT = 5; // s

class Microphone extends AudioWorkletProcessor {
  constructor() {
    super();
    this.frame = new Int16Array(Math.round(sampleRate / FRAMES_A_SECOND));
    this.at = 0;
  }

  process(inputs) {
    const channel = inputs[0][0];
    const length = channel ? channel.length : 128;
    for (let i = 0; i < length; i += 1) {
      const sample = channel ? Math.max(-1, Math.min(1, channel[i])) : 0;
      this.frame[this.at] = Math.round(sample * 32767);
      this.at += 1;
      if (this.at === this.frame.length) {
        const full = this.frame.slice().buffer;
        this.port.postMessage(full, [full]);
        this.at = 0;
      }
    }
    return true;
  }
}

class Player extends AudioWorkletProcessor {
  constructor() {
    super();
    this.frames = [];
    this.at = 0; // samples of the first frame that have sounded
    this.target = LEAST;
    this.sounding = false;
    this.gaps = 0;
    this.calmSince = 0;
    this.reported = 0;
    this.last = false; // nothing more will come
    this.port.onmessage = (event) => this.take(event.data);
  }

  take(data) {
    if (data === "last") { this.last = true; return; }
    const samples = new Int16Array(data);
    const frame = new Float32Array(samples.length);
    for (let i = 0; i < samples.length; i += 1) { frame[i] = samples[i] / 32768; }
    this.frames.push(frame);
    while (this.frames.length > FULL) { this.frames.shift(); this.at = 0; }
  }

  process(inputs, outputs) {
    const out = outputs[0][0];
    if (!this.sounding && (this.frames.length >= this.target || (this.last && this.frames.length))) { this.sounding = true; }
    let filled = 0;
    while (this.sounding && filled < out.length) {
      const frame = this.frames[0];
      if (!frame) { this.ranDry(); break; }
      const some = Math.min(out.length - filled, frame.length - this.at);
      out.set(frame.subarray(this.at, this.at + some), filled);
      filled += some;
      this.at += some;
      if (this.at === frame.length) { this.next(); }
    }
    this.report();
    return true;
  }

  next() {
    this.frames.shift();
    this.at = 0;
    if (this.frames.length > this.target + SPARE && this.frames[0].every((s) => Math.abs(s) < QUIET)) { this.frames.shift(); }
  }

  ranDry() {
    this.sounding = false;
    if (this.last) { return; }
    this.gaps += 1;
    this.target = Math.min(MOST, this.target + 1);
    this.calmSince = currentTime;
  }

  report() {
    if (this.last && !this.frames.length) { this.port.postMessage({ done: true }); this.last = false; }
    if (currentTime - this.calmSince > CALM) {
      this.calmSince = currentTime;
      this.target = Math.max(LEAST, this.target - 1);
    }
    if (currentTime - this.reported > REPORT) {
      this.reported = currentTime;
      this.port.postMessage({ gaps: this.gaps, playout_ms: this.frames.length * 1000 / FRAMES_A_SECOND });
    }
  }
}

registerProcessor("phone-microphone", Microphone);
registerProcessor("phone-player", Player);
