#include "cms/document/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cms/document/structured.h"

namespace stet::document {
namespace {

using testing::HasSubstr;
using Map = Data::Map;
using List = Data::List;

Data read(std::string_view bytes, std::string_view path = "x.csv") {
  Problems problems;
  return read_structured(bytes, path, problems);
}

std::string edited(std::string_view bytes, const Data& rows, std::string_view path = "x.csv") {
  auto out = edit_table(bytes, path, rows);
  return out ? *out : "refused: " + out.error().message;
}

// The table with one cell changed.
std::string with_cell(std::string_view bytes,
                      std::size_t row,
                      std::string_view name,
                      Data value,
                      std::string_view path = "x.csv") {
  Data rows = read(bytes, path);
  (*rows.list())[row].map()->set(name, std::move(value));
  return edited(bytes, rows, path);
}

TEST(Table, IsAListOfMapsByTheHeadersNames) {
  EXPECT_EQ(to_string(read("a,b\n1,\"x, \"\"y\"\"\"\n,\"\"\n")),
            R"([{"a": "1", "b": "x, \"y\""}, {"a": null, "b": ""}])");
  EXPECT_EQ(to_string(read("a\tb\n1\t2\n", "x.tsv")), R"([{"a": "1", "b": "2"}])");
  EXPECT_EQ(to_string(read("a,a\n1,2,3\n\n")), R"([{"a": "1", "": "3"}, {"a": null}])");
  EXPECT_EQ(to_string(read("")), "[]");
}

TEST(Table, AnEditOfACellLeavesAllOtherBytesAlone) {
  struct Row {
    const char *before, *after;
    std::size_t row;
    const char* column;
    Data value;
  };
  for (const Row& row : {
           Row{"a,b\n1,2\n3,4\n", "a,b\n1,2\n3,x\n", 1, "b", "x"},
           Row{"a,b\n1,2\n3,4", "a,b\n1,2\nx,4", 1, "a", "x"},
           Row{"a,b\r\n1,2\r\n", "a,b\r\n1,\"x,y\"\r\n", 0, "b", "x,y"},
           Row{"a,b\r\n1,2\r\n", "a,b\r\nx,2\r\n", 0, "a", "x"},
           Row{"a,b\n \"q\" ,2\n",
               "refused: the file cannot be edited before it is mended: ",
               0,
               "b",
               "x"},
           Row{"a,b\n\"1\", 2 \n", "a,b\n\"x\", 2 \n", 0, "a", "x"},
           Row{"a,b\n\"1\n2\",3\n", "a,b\n\"1\n2\",\n", 0, "b", Data()},
           Row{"a,b\n1\n\n5,6\n", "a,b\n1,y\n\n5,6\n", 0, "b", "y"},
           Row{"a,b\n1\n\n5,6\n", "a,b\n1\n,\"\"\n5,6\n", 1, "b", ""},
           Row{"a\n1\n", "a\n7\n", 0, "a", 7},
           Row{"a\n1\n", "a\n2020-10-12\n", 0, "a", Date{2020, 10, 12}},
           Row{"\xef\xbb\xbf"
               "a\n1\n",
               "\xef\xbb\xbf"
               "a\n2\n",
               0,
               "a",
               "2"},
           Row{"a\n1\n2\n", "a,new\n1,x\n2\n", 0, "new", "x"},
           Row{"a\n1,2\n", "a\n1,x\n", 0, "", "x"},
       }) {
    EXPECT_THAT(with_cell(row.before, row.row, row.column, row.value), HasSubstr(row.after))
        << row.before;
  }
  EXPECT_EQ(with_cell("a\tb\n1\t2\n", 0, "b", "x\ty", "x.tsv"), "a\tb\n1\t\"x\ty\"\n");
}

TEST(Table, RowsThatComeAndGoLeaveTheOthersAsTheyAreWritten) {
  const std::string before = "a,b\n 1,\"2\"\n3,4\n5,6\n";
  Data rows = read(before);
  auto& list = *rows.list();
  EXPECT_EQ(edited(before, List{list[0], list[2]}), "a,b\n 1,\"2\"\n5,6\n");
  EXPECT_EQ(edited(before, List{list[2], list[0]}), "a,b\n5,6\n 1,2\n");
  EXPECT_EQ(edited(before, List{list[0], Map{{"b", "x"}}, list[1], list[2]}),
            "a,b\n 1,\"2\"\n,x\n3,4\n5,6\n");
  EXPECT_EQ(edited(before, List{list[0], Map{{"a", "7"}}, list[2], Map{{"a", "8"}}}),
            "a,b\n 1,\"2\"\n7,\n5,6\n8,\n");
  EXPECT_EQ(edited(before, List{}), "a,b\n");
  EXPECT_EQ(edited("a\n1", List{Map{{"a", "1"}}, Map{{"a", "2"}}}), "a\n1\n2\n");
  EXPECT_EQ(edited(before, rows), before);
}

TEST(Table, ANewFileGetsItsHeaderFromItsRows) {
  EXPECT_EQ(edited("", List{Map{{"a", "1"}, {"b", "2"}}, Map{{"c", "3"}}}), "a,b,c\n1,2,\n,,3\n");
  EXPECT_EQ(*write_structured(List{Map{{"a", "1"}}}, "x.tsv"), "a\n1\n");
}

TEST(Table, WhatNoTableHoldsIsRefusedByItsPlace) {
  struct Row {
    const char* before;
    Data rows;
    const char* message;
  };
  for (const Row& row : {
           Row{"a\n", Map{}, "a table is a list of objects"},
           Row{"a\n", List{"x"}, "row 1 is none"},
           Row{"a\n", List{Map{}, Map{{"a", List{}}}}, "row 2, 'a': a cell is text or null"},
           Row{"a\n1,2\n", List{Map{{"c", "x"}}}, "row 1, 'c': cells stand beyond the header"},
           Row{"a\n", List{Map{{"", "x"}}}, "row 1, ''"},
           Row{"", List{Map{}}, "give its rows keys"},
           Row{"a\n\"1\n", List{}, "cannot be edited before it is mended"},
           Row{"a\n", List(kTableRowsMax + 1, Map{}), "at most 100000 rows"},
       }) {
    EXPECT_THAT(edited(row.before, row.rows), HasSubstr(row.message)) << row.before;
  }
}

TEST(Structured, JsonStaysJsonWithItsOwnBytes) {
  const std::string before = "{\n  \"a\" : 1,\n  \"b\": [true, \"x\"]\n}\n";
  EXPECT_EQ(*edit_structured(before, "x.json", Map{{"a", 2}}, false),
            "{\n  \"a\" : 2,\n  \"b\": [true, \"x\"]\n}\n");
  EXPECT_EQ(*write_structured(Map{{"a", List{1, "é\n"}}, {"b", Map{}}}, "x.json"),
            "{\n  \"a\": [\n    1,\n    \"é\\n\"\n  ],\n  \"b\": {}\n}\n");
  EXPECT_EQ(*edit_structured("", "x.json", Map{{"a", Date{2020, 1, 2}}}, true),
            "{\n  \"a\": \"2020-01-02\"\n}\n");
  EXPECT_EQ(*edit_structured("[1]\n", "x.json", "only text", true), "\"only text\"\n");
}

}  // namespace
}  // namespace stet::document
