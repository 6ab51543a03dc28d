import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshService } from "../cases/testService";
import { ask, startServiceProcess, tokenFor } from "./serviceProcess";

test("the service as it is started records who reads, and exports that", async () => {
  const service = await freshService();
  const dataFolder = await mkdtemp(join(tmpdir(), "access-log-"));
  const running = await startServiceProcess({ dataFolder, databaseUrl: service.url });
  try {
    const token = await tokenFor(dataFolder);
    await ask(running.address, token, `{ member(id: "READ") { id } }`, {});
    const answer = await fetch(`${running.address}/access-log`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ format: "ndjson", filter: { memberId: "READ" } }),
    });
    expect(JSON.parse(await answer.text())).toMatchObject({ memberId: "READ", operation: "member" });
    const rows = await service.database.query("select operation from access_log order by at");
    expect(rows).toEqual([{ operation: "member" }, { operation: "/access-log" }]);
  } finally {
    await running.kill("SIGTERM");
    await service.close();
    await rm(dataFolder, { recursive: true });
  }
}, 60_000);
