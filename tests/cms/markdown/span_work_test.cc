// Running text that brings down readers which try, fail and try again: the work that is done for it
// grows as the text does.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "cms/markdown/reading.h"
#include "cms/markdown/span_reader.h"

namespace stet::markdown {
namespace {

constexpr std::size_t kBytes = 10'000;

struct Hostile {
  const char* unit;
  const char* end = "";  // repeated behind the units
};

constexpr Hostile kHostile[] = {
    {"["},
    {"*"},
    {"_"},
    {"`"},
    {"!["},
    {"\""},
    {"]("},
    {"$$"},
    {"{:"},
    {"&"},
    {"<"},
    {"\\"},
    {"~~"},
    {"<a "},
    {"<a b=\""},
    {"<a b='<a b=\""},
    {"<!--"},
    {"<http:"},
    {"<a@b"},
    {"[a](b"},
    {"[a](b \"c"},
    {"[a](<"},
    {"[a][b"},
    {"[^"},
    {"*a "},
    {"**a "},
    {"*a _b **c __d "},
    {"***a "},
    {"~~a *"},
    {"`a ``b ```c "},
    {"```c ``b `a "},
    {"<b>"},
    {"<b>*a "},
    {"*<b>["},
    {"[<i>_"},
    {"<span markdown=\"1\">**"},
    {"{::comment}"},
    {"{::comment}{:/x}"},
    {"[", "]"},
    {"![", "]"},
    {"[*", "]"},
    {"*[", "]*"},
    {"![a](", ")"},
    {"<b>*", "</b>"},
    {"**<i>", "</"},
    {"***_<a b=\"\n", "<a b=\"<a "},
    {"``` ` ***![<span markdown=\"1\">", "</"},
};

std::string text_of(const Hostile& hostile, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += hostile.unit;
  while (hostile.end[0] != '\0' && text.size() < 2 * bytes) text += hostile.end;
  return text;
}

std::size_t work_for(const std::string& text) {
  const Options options;
  Problems problems;
  Tree tree{NodeOwner(cmark_node_new(CMARK_NODE_DOCUMENT))};
  cmark_node* paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
  cmark_node_append_child(tree.root(), paragraph);
  Reading reading{tree, options, problems, {}, {}, {}, {}};
  reading.links["a"].url = "b";
  SpanOutput output(reading, paragraph, {});
  SpanReader reader(reading, text, SpanGrammar(options), 1);
  reader.read(output);
  return reader.spots_read();
}

TEST(SpanWork, GrowsAsTheTextDoes) {
  for (const Hostile& hostile : kHostile) {
    const std::size_t once = work_for(text_of(hostile, kBytes));
    const std::size_t twice = work_for(text_of(hostile, 2 * kBytes));
    EXPECT_LE(twice, 2 * once + once / 2 + kBytes) << hostile.unit << " " << hostile.end;
    EXPECT_LE(twice, 20 * 2 * kBytes) << hostile.unit << " " << hostile.end;
  }
}

TEST(SpanWork, IsOneLookWhereNothingFails) {
  EXPECT_EQ(work_for("plain text, and nothing else.\nOf two lines"), 0u);
  EXPECT_LE(work_for("*a* **b** `c` [d](e) \"f\""), 20u);
}

}  // namespace
}  // namespace stet::markdown
