import { onTestFinished } from "vitest";

/** Collects what a window receives until the running test ends. */
export async function listen(address: string): Promise<{ event: string; data: unknown }[]> {
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const { body } = await fetch(address, { signal: leave.signal });
  const heard: { event: string; data: unknown }[] = [];
  void read(body ?? new ReadableStream(), heard).catch(() => {}); // ends when it is aborted
  return heard;
}

async function read(body: ReadableStream<Uint8Array>, heard: { event: string; data: unknown }[]): Promise<void> {
  let text = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const events = (text + chunk).split("\n\n");
    text = events.pop() ?? "";
    for (const [, event, data] of events.flatMap((each) => [...each.matchAll(/^event: (.*)\ndata: (.*)$/g)])) {
      if (event && data) heard.push({ event, data: JSON.parse(data) });
    }
  }
}
