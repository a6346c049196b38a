import assert from "node:assert/strict";
import { useWorkbench } from "./workbench.ts";

describe("workbench", () => {
  const workbench = useWorkbench();

  it("F1 shows the palette with Easel's commands", async () => {
    const palette = await workbench().palette("Easel: ");
    assert.match((await palette.rows())[0] ?? "", /^Easel: /);
    await palette.cancel();
    await palette.closed();
  });
});
