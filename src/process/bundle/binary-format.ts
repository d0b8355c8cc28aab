export type Processor = 'x64' | 'arm64';

/** Numbers of processors in an ELF header: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const MACHINES: Readonly<Record<number, Processor>> = { 62: 'x64', 183: 'arm64' };

/** The processor that a binary for Linux is made for; undefined for those of other systems. */
export function processorOf(content: Uint8Array): Processor | undefined {
  const isElf = content[0] === 0x7f && content[1] === 0x45 && content[2] === 0x4c && content[3] === 0x46;
  // Both processors are little-endian.
  return isElf ? MACHINES[content[18]! | (content[19]! << 8)] : undefined;
}
