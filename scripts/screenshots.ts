import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure, main } from "./lib/log.ts";
import { root } from "./lib/paths.ts";
import { chapters } from "./pictures/states.ts";
import { statesFolder, studioDocument, studioDocuments } from "./pictures/studioDocument.ts";
import { takeStates } from "./pictures/takeStates.ts";
import { takeWorkbench, workbenchPictures } from "./pictures/workbench.ts";

/**
 * Takes the pictures of the documentation anew: every designed state of the webviews into `docs/images/states`, one sheet each, and
 * the real workbench into `docs/images`; and writes the pages that show the states. Names narrow it down to the pictures that begin
 * with one of them, seen from `docs/images`: `states/`, `states/review-one`, `studio-compare`. `--singles FOLDER` keeps each picture
 * of a sheet alone as well, at full size and in one theme more.
 */
await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { singles: { type: "string" } },
  });
  const wanted = (name: string) =>
    positionals.length === 0 || positionals.some((each) => name.startsWith(each));
  const states = chapters.flatMap(({ states }) => states).filter(({ name }) => wanted(`states/${name}`));
  const pictures = workbenchPictures.filter(wanted);
  if (states.length + pictures.length === 0)
    throw new Failure(`No picture is named like ${positionals.join(" or ")}.`);
  const images = join(root, "docs", "images");
  await mkdir(images, { recursive: true });
  if (states.length > 0) await takeStates(states, join(root, statesFolder), values.singles);
  if (pictures.length > 0) await takeWorkbench(images, wanted);
  for (const document of studioDocuments)
    await writeFile(join(root, document.file), studioDocument(document));
});
