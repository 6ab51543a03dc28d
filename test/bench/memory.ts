import { guardedFolder } from "../cluster/guard";
import { startBuiltService } from "./builtService";
import { httpLoad } from "./httpLoad";
import { bodyFor } from "./submitting";
import { Row } from "./table";

const port = 4_921;
const connections = 8;
const parts = 10;
const megabyte = 2 ** 20;

interface Sample {
  readonly resident: number;
  readonly heap: number;
}

/**
 * What memory the service takes under load that lasts, part by part: the least of the samples of a part, since
 * what is garbage comes and goes. The first two parts are the warming up.
 */
export async function measureMemory(minutes: number): Promise<Row[]> {
  const folder = await guardedFolder("/tmp");
  try {
    const service = await startBuiltService(folder.path, port);
    try {
      const token = service.token("claims:submit");
      const least: Sample[] = [];
      let requests = 0;
      for (let part = 0; part < parts; part++) {
        const sampling = sampleWhile(service.address);
        const seconds = (minutes * 60) / parts;
        const bodyOf = (place: number) => bodyFor(`M${part}-${place}`);
        requests += (await httpLoad(service.address, token, connections, seconds, bodyOf)).count;
        least.push(leastOf(await sampling.end()));
      }
      return [rowOf(minutes, requests, least)];
    } finally {
      await service.close();
    }
  } finally {
    await folder.remove();
  }
}

const pauseMilliseconds = 500;

function sampleWhile(address: string): { readonly end: () => Promise<Sample[]> } {
  const samples: Sample[] = [];
  let isOver = false;
  const sampling = (async () => {
    while (!isOver) {
      samples.push(await sampleOf(address));
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await sampling;
      return samples;
    },
  };
}

async function sampleOf(address: string): Promise<Sample> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const value = (name: string): number => {
    const found = new RegExp(`^${name} ([0-9.e+]+)$`, "m").exec(text);
    if (!found) throw new Error(`no metric ${name}`);
    return Number(found[1]) / megabyte;
  };
  return { resident: value("process_resident_memory_bytes"), heap: value("nodejs_heap_size_used_bytes") };
}

function leastOf(samples: readonly Sample[]): Sample {
  return {
    resident: Math.min(...samples.map(({ resident }) => resident)),
    heap: Math.min(...samples.map(({ heap }) => heap)),
  };
}

function rowOf(minutes: number, requests: number, least: readonly Sample[]): Row {
  const [from, to] = [least[2], least[parts - 1]];
  const text = ({ resident, heap }: Sample) => `${resident.toFixed(0)} MB (heap ${heap.toFixed(0)} MB)`;
  return {
    what: `memory of the service over ${minutes} minutes, ${requests.toLocaleString("en-US")} submissions`,
    measured: `${text(from)} after a fifth, ${text(to)} at the end`,
    aim: "flat",
  };
}
