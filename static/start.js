// Starts a program: the light one for the start page, so that the first message moves soon; the whole one for every
// other page, or when the light one asks for it. It stands in the page itself (xtask puts it there, with the names).
const programs = { light: LIGHT, whole: WHOLE };
const load = async ([script, packed]) => {
  const fetched = fetch(packed).then((answer) => {
    if (!answer.ok) throw new Error(`${packed}: ${answer.status}`);
    return answer.arrayBuffer();
  });
  const [{ default: init }, program] = await Promise.all([import(script), fetched]);
  const module_or_path = await WebAssembly.compile(unpack(new Uint8Array(program)));
  return () => init({ module_or_path });
};
const begin = async (program) => {
  const start = await load(program);
  // Whoever was there before takes leave and tells in `window.cascadeRun` what was going on.
  dispatchEvent(new Event("cascade-leave"));
  await start();
};
let whole;
addEventListener("cascade-whole", () => {
  whole ??= begin(programs.whole).catch((why) => {
    whole = undefined;
    console.warn(why);
    dispatchEvent(new Event("cascade-failed"));
  });
});
begin(/^#?\/?$/.test(location.hash) ? programs.light : programs.whole).catch((why) => {
  console.warn(why);
  const failed = document.querySelector(".loading .failed");
  if (failed) failed.hidden = false;
});
