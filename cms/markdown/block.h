// A block of Markdown as it is read: before running text is, and before definitions are known.
//
// The reader of blocks (block_reader.h) makes a tree of these; kramdown_reader.cc makes cmark's
// nodes of them, and has running text read into those. All blocks of a document live as long as
// its Blocks.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "cms/markdown/attribute_list.h"
#include "cms/markdown/tree.h"

namespace stet::markdown {

enum class BlockKind {
  kRoot,
  kBlank,
  kParagraph,  // text
  kHeader,     // text, level
  kQuote,
  kCode,  // text; language
  kRule,
  kBulletList,
  kOrderedList,
  kItem,
  kDefinitionList,
  kTerm,  // text
  kDefinition,
  kTable,  // text: a letter a column, as Alignment says
  kTableHead,
  kTableBody,
  kTableFoot,
  kTableRow,
  kTableCell,    // text
  kHtml,         // name, content
  kRunningText,  // text that belongs to its parent itself
  kHtmlText,     // text inside of HTML, where no Markdown is read
  kVerbatim,     // text that is written as it is
  kComment,      // text: a comment of HTML
  kMath,         // text
  kMark,         // where something stood that isn't written, as Mark says
};

// What stood at a kMark, for the attribute lists around it.
enum class Mark { kEndOfBlock, kAttributes, kExtension, kDefinition };

struct Block {
  BlockKind kind = BlockKind::kRoot;
  int line = 0;
  int level = 0;
  Mark mark = Mark::kEndOfBlock;
  HtmlContent content = HtmlContent::kRaw;
  bool is_transparent = false;
  bool is_closed = false;              // of HTML: <br />
  bool is_first_as_paragraph = false;  // of a kDefinition: a blank line stood before it
  std::string text;
  std::string name;  // of HTML; the language of code, as typed
  Attributes attributes;
  std::unique_ptr<AttributeList> given;  // by attribute lists
  std::vector<Block*> children;

  AttributeList& given_attributes() {
    if (!given) given = std::make_unique<AttributeList>();
    return *given;
  }
};

class Blocks {
 public:
  Block* make(BlockKind kind, int line) {
    Block& block = blocks_.emplace_back();
    block.kind = kind;
    block.line = line;
    return &block;
  }

 private:
  std::deque<Block> blocks_;
};

}  // namespace stet::markdown
