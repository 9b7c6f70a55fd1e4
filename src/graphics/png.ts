import { createRequire } from 'node:module';

// A font file is opened anew for every letter, so print takes time by the size of the file: the smallest goes first, the
// large one only stands in for letters which that lacks.
const FONTS = [
  '@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf',
  '@expo-google-fonts/open-sans/600SemiBold/OpenSans_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  '@expo-google-fonts/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf',
] as const;

type Renderer = (svg: string, width: number) => Promise<Uint8Array>;

async function load(): Promise<Renderer> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const { resolve } = createRequire(import.meta.url);
  const fontFiles = FONTS.map((file) => resolve(file));
  return async (svg, value) => {
    const image = await renderAsync(svg, {
      fitTo: { mode: 'width', value },
      // Fonts of the machine would make other bytes of the same picture.
      font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Open Sans' },
    });
    return image.asPng();
  };
}

let renderer: Promise<Renderer> | undefined;

/** The picture as PNG bytes, `width` pixels wide (1200 is three for each of a phone's 400); the same markup gives the same bytes. The renderer is loaded at the first call. */
export async function renderPng(svg: string, { width = 1200 }: { readonly width?: number } = {}): Promise<Uint8Array> {
  renderer ??= load().catch((error: unknown) => {
    renderer = undefined;
    throw error;
  });
  return (await renderer)(svg, width);
}
