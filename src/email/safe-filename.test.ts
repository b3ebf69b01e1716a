import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeFilename, withNumber } from "./safe-filename.js";

describe("safeFilename", () => {
  it.each([
    ["plan.pdf", "plan.pdf"],
    ["Übersicht (1).pdf", "Übersicht (1).pdf"],
    ["東京.txt", "東京.txt"],
    ["../../etc/passwd", "_.._etc_passwd"],
    ["C:\\Windows\\x.bat", "C__Windows_x.bat"],
    [".bashrc", "bashrc"],
    ["-rf", "rf"],
    ["CON", "_CON"],
    ["nul.txt", "_nul.txt"],
    ["invoice\u202efdp.exe", "invoice_fdp.exe"],
    ["a\r\nb\0.txt", "a__b_.txt"],
    ["name. . ", "name"],
    ["", "attachment"],
    ["///", "attachment"],
  ])("makes %j harmless", (given, safe) => {
    expect(safeFilename(given)).toBe(safe);
  });

  it("keeps the extension of what is too long, and never cuts a character in two", () => {
    const long = safeFilename(`${"👋".repeat(200)}.tar.gz`);
    expect(long).toMatch(/^(👋)+\.tar\.gz$/u);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(240);
  });

  it("is one visible name in a folder, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (given) => {
        const safe = safeFilename(given);
        expect(safe).not.toMatch(/[/\\\0:]|^\.|^$|[\s.]$/);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(245);
      }),
    );
  });

  it("puts a number before the extension", () => {
    expect(withNumber("a.tar.gz", 2)).toBe("a (2).tar.gz");
    expect(withNumber("README", 3)).toBe("README (3)");
  });
});
