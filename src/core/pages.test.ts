import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor.js";
import { mapInOrder } from "./map-in-order.js";
import { allItems, collect } from "./pages.js";

const pagesOf = (count: number) => (token: string | undefined) => {
  const page = Number(token ?? "0");
  return Promise.resolve({ items: [page * 2, page * 2 + 1], next: page + 1 < count ? String(page + 1) : undefined });
};

describe("allItems", () => {
  it("reads every page to the last, in order", async () => {
    expect(await collect(allItems(pagesOf(4)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("stops instead of circling when a page token comes twice", async () => {
    const circle = allItems(() => Promise.resolve({ items: [1], next: "same" }));
    await expect(collect(circle)).rejects.toMatchObject({ code: "connection.unavailable" });
  });

  it("reads no more than it needs for a limit", async () => {
    expect(await collect(allItems(pagesOf(1000)), 3)).toEqual([0, 1, 2]);
    expect(await collect(allItems(pagesOf(1)), 0)).toEqual([]);
  });
});

describe("mapInOrder", () => {
  it("works ahead, but gives results in order", async () => {
    let active = 0;
    let most = 0;
    const results = mapInOrder(allItems(pagesOf(20)), 8, async (item) => {
      active += 1;
      most = Math.max(most, active);
      await new Promise((resolve) => setTimeout(resolve, item % 3));
      active -= 1;
      return item;
    });
    expect(await collect(results)).toEqual(Array.from({ length: 40 }, (_, index) => index));
    expect(most).toBe(8);
  });

  it("ends with the first failure, in its turn", async () => {
    const results = mapInOrder(allItems(pagesOf(2)), 8, (item) =>
      item === 2 ? Promise.reject(new Error("two")) : Promise.resolve(item),
    );
    const seen: number[] = [];
    await expect(
      (async () => {
        for await (const item of results) seen.push(item);
      })(),
    ).rejects.toThrow("two");
    expect(seen).toEqual([0, 1]);
  });
});

describe("cursors", () => {
  it("come back only for the account and query that they were made for", () => {
    const cursor = encodeCursor(["ann", "in:inbox"], "page-2");
    expect(decodeCursor(["ann", "in:inbox"], cursor)).toBe("page-2");
    expect(() => decodeCursor(["bob", "in:inbox"], cursor)).toThrow(
      expect.objectContaining({ code: "request.invalid" }),
    );
    expect(() => decodeCursor(["ann", "in:inbox"], "made up")).toThrow(
      expect.objectContaining({ code: "request.invalid" }),
    );
  });
});
