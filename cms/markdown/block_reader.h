// Reads the blocks of a document by kramdown's grammar: paragraphs, lists, tables, HTML and all
// that isn't running text. Definitions are noted in the Reading.
//
// Where kramdown's rules and CommonMark's differ, kramdown's count: an item's content is what is
// indented like the first character behind its marker; HTML reaches to its end tag; a table is any
// run of lines with pipes. Time: linear in the text and in the depth of nesting, which ends at
// kDepthMax; a problem names what lies deeper, and it is read as text.
//
// Split by what is read: block_reader.cc (and what stands on its own), block_lists.cc,
// block_html.cc, block_tables.cc, block_definitions.cc, block_extensions.cc.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/markdown/block.h"
#include "cms/markdown/block_source.h"
#include "cms/markdown/reading.h"

namespace stet::markdown {

inline constexpr int kDepthMax = 100;

class BlockReader {
 public:
  BlockReader(Reading& reading, Blocks& blocks) : reading_(reading), blocks_(blocks) {}

  // The blocks of the whole document, and the contents of its footnotes by name.
  Block* read(std::string_view text);
  std::map<std::string, Block*, std::less<>>& footnotes() { return footnotes_; }

 private:
  struct ListLines;
  struct ItemText;
  struct TableParts;
  enum class ListKind { kBullets, kNumbers, kDefinitions };

  // False where the end tag of `parent` ended it.
  bool read_blocks(Block* parent, BlockSource& source);
  void read_text(Block* parent, std::string_view text, int line);
  void read_block();
  void read_html_or_text();
  void running_text();
  bool read_marked_block(char first, std::size_t first_at);
  bool read_plain_block(char first, std::size_t first_at);

  Block* make(BlockKind kind, int line);  // gives it the attribute list that stood before it
  Block* add(BlockKind kind, int line);   // the same, as the last child of where we are
  void add_text(Block* parent, BlockKind kind, std::string_view text);
  bool is_after_boundary() const;
  bool ends_paragraph(std::size_t at);
  void warn(int line, std::string message);
  void warn_of_depth(int line);

  void blank_lines(std::size_t end);
  void paragraph();
  bool quote();
  void indented_code();
  bool fenced_code();
  bool fenced_code(std::size_t begin, std::size_t length);
  std::size_t longest_fence_end(std::size_t at);
  bool atx_header();
  bool setext_header(std::size_t first_at);
  void add_header(std::string_view contents, std::string_view id, int level, std::size_t end);
  bool rule();
  bool math(std::size_t first_at);
  bool end_of_block();

  bool list();
  void read_list_lines(Block* list, ListKind kind, std::vector<ItemText>& items, bool& is_ended);
  static void add_line(ItemText& item, std::string line, std::size_t indentation);
  void read_item(Block* item, const ItemText& text);
  void read_items(Block* list, std::vector<ItemText>& items, bool is_ended);
  bool begin_item(Block* list, BlockKind kind, ListLines& lines, ItemText& item);
  bool is_lazy_line(const ListLines& lines);
  bool definition_list();
  Block* take_terms();
  void read_definition_lines(Block* list, std::vector<ItemText>& texts);
  void place_definition_list(Block* list, Block* last_blank);

  bool table();
  void table_lines(TableParts& parts);
  void table_row(TableParts& parts, std::string_view line, bool has_leading_pipe);

  bool html();
  void html_element(HtmlTag tag);
  void html_content(Block* element);
  void warn_of_missing_end(const Block& element);
  void raw_html(Block* parent);
  bool raw_html_tag(Block* parent);
  void raw_text_until_end(Block* element, BlockKind kind);

  bool footnote_definition(std::size_t first_at);
  bool link_definition(std::size_t first_at);
  bool abbreviation_definition(std::size_t first_at);
  std::size_t indented_lines_end(std::size_t at);
  void finish_definitions();

  bool extensions(std::size_t first_at);
  bool attribute_definition(std::size_t first_at);
  bool extension(std::size_t first_at);
  void add_extension(std::string_view name,
                     const AttributeList& options,
                     std::string_view body,
                     int line);
  void set_options(const AttributeList& options, int line);
  void attributes(const BracedLine& found);

  Reading& reading_;
  Blocks& blocks_;
  Block* tree_ = nullptr;                 // whose children are read
  BlockSource* source_ = nullptr;         // in which they stand
  std::unique_ptr<AttributeList> ahead_;  // attributes for the next block
  int depth_ = 0;
  std::size_t nested_bytes_ = 0;
  bool has_found_end_ = false;  // the end tag of the element whose blocks are read
  bool has_warned_of_depth_ = false;
  std::map<std::string, Block*, std::less<>> footnotes_;
  // What stood where something was defined: its attribute list is the definition's.
  std::vector<std::pair<Block*, AttributeList*>> defined_;
};

// "* {:.x} text": takes the list off the text's front into the block.
void take_item_attributes(Block& item, std::string& text);

}  // namespace stet::markdown
