// Speech, with the voices that live on this machine only: a remote voice would send what is read to a third party.
function voiceFor(language) {
  if (!("speechSynthesis" in window)) return null;
  const want = language.toLowerCase().split(/[-_]/)[0];
  const fits = (voice) => {
    const tag = voice.lang.toLowerCase().replace(/_/g, "-");
    if (/^(yue|zh-hk|zh-mo)/.test(tag) && want !== "yue") return -1; // Cantonese is not what the lesson says
    if (!voice.localService || (tag.split("-")[0] !== want && !(want === "zh" && tag.startsWith("cmn")))) return -1;
    return (tag.startsWith("zh-cn") || tag.includes("hans") || tag.startsWith("en-us") ? 2 : 1) + (voice.default ? 0.5 : 0);
  };
  const voices = speechSynthesis.getVoices().filter((voice) => fits(voice) > 0);
  return voices.sort((one, other) => fits(other) - fits(one))[0] ?? null;
}

// Voices come late in some browsers: asking early makes them come.
if ("speechSynthesis" in window) speechSynthesis.getVoices();

export const canSpeak = (language) => voiceFor(language) !== null;

export function speak(text, language) {
  const voice = voiceFor(language);
  if (!voice) return;
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = 0.9;
  speechSynthesis.speak(words);
}
