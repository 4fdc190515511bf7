// Starts a program: the light one for the start page, so that the first message moves soon; the whole one for every
// other page, or when the light one asks for it. It stands in the page itself (xtask puts it there, with the names).
const programs = { light: LIGHT, whole: WHOLE };
const load = async ([script, packed], times) => {
  const fetched = fetch(packed).then((answer) => {
    if (!answer.ok) throw new Error(`${packed}: ${answer.status}`);
    return answer.arrayBuffer();
  });
  const [{ default: init }, program] = await Promise.all([import(script + (times ? `?${times}` : "")), fetched]);
  const module_or_path = await WebAssembly.compile(unpack(new Uint8Array(program)));
  return () => init({ module_or_path });
};
let current;
let times = 0;
const begin = async (program) => {
  // A script that has started a program starts no second one: under another name it is another script.
  const start = await load(program, program === current ? ++times : 0);
  // Whoever was there before takes leave and tells in `window.cascadeRun` what was going on.
  dispatchEvent(new Event("cascade-leave"));
  // A program that is at its end has said so; from here on there is another one.
  document.querySelector(".stopped")?.remove();
  // The listeners of a root outlive what was mounted there: the next program gets a root of its own.
  const root = document.getElementById("app");
  if (current) root.replaceWith(root.cloneNode(false));
  current = program;
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
// The list of all lessons, for the light program.
addEventListener("cascade-list", async () => {
  const answer = await fetch("lessons/index.json").catch(() => ({}));
  window.cascadeList = answer.ok ? await answer.text() : undefined;
  dispatchEvent(new Event("cascade-listed"));
});
// A program that is at its end gives way to another one, however often it is asked to.
let again;
addEventListener("cascade-again", () => {
  again ??= begin(programs.whole).then(() => (again = undefined), () => location.reload());
});
begin(/^#?\/?$/.test(location.hash) ? programs.light : programs.whole).catch((why) => {
  console.warn(why);
  const failed = document.querySelector(".loading .failed");
  if (failed) failed.hidden = false;
});
