/** How Chromium is started for tests: quiet on the network, and with WebGL drawn in software. */
export const chromiumArgs: readonly string[] = [
  // Containers have no user namespaces for the sandbox.
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Without a GPU there is no WebGL, in a worker either, unless SwiftShader may draw it.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** A WebGPU drawn in software: slow, but an adapter and a device like any other. */
export const softwareWebgpu: readonly string[] = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
