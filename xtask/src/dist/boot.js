// Takes the place of wasm-bindgen's own start: it knows what the loader hands over, and nothing else.
export default async ({ module_or_path }) => {
  const answer = await module_or_path;
  const imports = __wbg_get_imports();
  // A server or proxy that doesn't know wasm calls it something else; then it can't be compiled as it comes in.
  const { instance } = await (answer.headers.get('Content-Type') == 'application/wasm'
    ? WebAssembly.instantiateStreaming(answer, imports)
    : answer.arrayBuffer().then((bytes) => WebAssembly.instantiate(bytes, imports)));
  wasm = instance.exports;
  wasm.__wbindgen_start();
};
