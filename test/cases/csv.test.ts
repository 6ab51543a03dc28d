import { csvText } from "../../src/cases/csv";

const cells: [sentence: string, cell: string | number | boolean | null, text: string][] = [
  ["plain text stays as it is", "62323", "62323"],
  ["nothing is an empty cell", null, ""],
  ["no text is an empty cell", "", ""],
  ["a number stays a number", 12, "12"],
  ["truth is a word", true, "true"],
  ["so is its contrary", false, "false"],
  ["a comma is quoted", "a,b", '"a,b"'],
  ["a quotation mark is doubled", 'a"b', '"a""b"'],
  ["a line feed is quoted", "a\nb", '"a\nb"'],
  ["a carriage return is quoted", "a\rb", '"a\rb"'],
  ["an equals sign begins a formula", "=1+1", "'=1+1"],
  ["a plus sign begins a formula", "+1", "'+1"],
  ["a minus sign begins a formula", "-1+1", "'-1+1"],
  ["an at sign begins a formula", "@SUM(A1)", "'@SUM(A1)"],
  ["a tab begins a formula", "\t=1", "'\t=1"],
  ["a carriage return begins a formula", "\r=1", `"'\r=1"`],
  ["a line feed before one does not hide it", "\n=1", `"'\n=1"`],
  ["spaces before one do not hide it", "  =1", "'  =1"],
  ["quotes around one do not hide it", '=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ["a wide equals sign begins a formula", "\uff1d1", "'\uff1d1"],
  ["a sign inside a text begins none", "C-1=2", "C-1=2"],
];

test.each(cells)("%s", (_, cell, text) => {
  expect(csvText([["first", cell, "last"]])).toBe(`first,${text},last\r\n`);
});

test("each row ends with CR LF, and no rows are no text", () => {
  expect(csvText([["a"], ["b"]])).toBe("a\r\nb\r\n");
  expect(csvText([])).toBe("");
});
