// Takes the place of wasm-bindgen's own start: it knows what the loader hands over, and nothing else.
export default async ({ module_or_path }) => {
  const answer = await module_or_path;
  const imports = __wbg_get_imports();
  const type = answer.headers.get('Content-Type');
  const streams = type == 'application/wasm';
  // A server or proxy that doesn't know wasm calls it something else.
  if (!streams) console.warn('say-so: the wasm would start faster as application/wasm; it came as ' + type);
  const { instance } = await (streams
    ? WebAssembly.instantiateStreaming(answer, imports)
    : WebAssembly.instantiate(await answer.arrayBuffer(), imports));
  wasm = instance.exports;
  wasm.__wbindgen_start();
};
