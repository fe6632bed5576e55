#include "cms/search/query.h"

#include <optional>

#include "cms/search/letters.h"
#include "cms/search/plain_text.h"
#include "cms/search/words.h"
#include "storage/base/utf8.h"

namespace stet::search {
namespace {

using Kind = QueryItem::Kind;

// One piece of what was typed: `-name:"text"`.
struct Piece {
  bool is_negated = false;
  bool is_quoted = false;
  bool is_last = false;  // nothing follows, not even a blank
  std::string_view name, text;
};

bool is_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

void skip_blanks(std::string_view& rest) {
  while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
}

// To the closing quote, or to the end where there is none.
std::string_view take_quoted(std::string_view& rest, bool& is_closed) {
  rest.remove_prefix(1);
  std::size_t end = rest.find('"');
  is_closed = end != std::string_view::npos;
  std::string_view text = rest.substr(0, end);
  rest.remove_prefix(is_closed ? end + 1 : rest.size());
  return text;
}

std::optional<Piece> take_piece(std::string_view& rest) {
  skip_blanks(rest);
  if (rest.empty()) return std::nullopt;
  Piece piece;
  if (rest.front() == '-' && rest.size() > 1 && !is_blank(rest[1])) {
    piece.is_negated = true;
    rest.remove_prefix(1);
  }
  std::size_t end = 0;
  while (end < rest.size() && !is_blank(rest[end]) && rest[end] != '"') ++end;
  std::size_t colon = rest.substr(0, end).find(':');
  if (colon != std::string_view::npos && colon > 0) {
    piece.name = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
    end -= colon + 1;
  }
  if (end == 0 && !rest.empty() && rest.front() == '"') {
    bool is_closed = false;
    piece.is_quoted = true;
    piece.text = take_quoted(rest, is_closed);
    piece.is_last = !is_closed;
  } else {
    piece.text = rest.substr(0, end);
    rest.remove_prefix(end);
    piece.is_last = rest.empty();
  }
  return piece;
}

std::optional<Kind> kind_named(std::string_view name) {
  if (name == "in") return Kind::kCollection;
  if (name == "tag") return Kind::kTag;
  if (name == "category") return Kind::kCategory;
  return std::nullopt;
}

// None where the piece is no filter that we have.
std::optional<QueryItem> filter_of(const Piece& piece) {
  QueryItem item{.is_negated = piece.is_negated};
  if (piece.name == "is") {
    bool is_known = true;
    if (piece.text == "draft") {
      item.kind = Kind::kDraft;
    } else if (piece.text == "published" || piece.text == "unpublished") {
      item.kind = Kind::kPublished;
      if (piece.text == "unpublished") item.is_negated = !item.is_negated;
    } else {
      is_known = false;
    }
    return is_known ? std::optional(item) : std::nullopt;
  }
  auto kind = kind_named(piece.name);
  item.value = kind ? compared(piece.text) : "";
  if (!kind || item.value.empty()) return std::nullopt;
  item.kind = *kind;
  return item;
}

// No item where there is no word.
void add_words(std::string_view text, const Piece& piece, std::vector<QueryItem>& items) {
  QueryItem item{.is_negated = piece.is_negated};
  WordReader reader(text);
  bool is_dense = false;
  for (Word word; item.words.size() < kPhraseWordsMax && reader.next(word);) {
    is_dense = word.is_dense;
    item.words.push_back(std::move(word.text));
  }
  if (item.words.empty()) return;
  bool has_star = text.ends_with('*') && !piece.is_quoted;
  item.is_prefix = !is_dense && !item.is_negated && (piece.is_last || has_star);
  item.is_character = is_dense && item.words.size() == 1 &&
                      bytes_of_characters(item.words.front(), 1) == item.words.front().size();
  items.push_back(std::move(item));
}

}  // namespace

std::string compared(std::string_view text) {
  std::string joined, line = composed(std::string(text));
  WordReader reader(line);
  for (Word word; reader.next(word);) {
    if (!joined.empty()) joined += ' ';
    joined += word.text;
  }
  return joined;
}

Result<Query> parse_query(std::string_view text) {
  if (text.size() > kQueryBytesMax) {
    return invalid_input("what is searched for has at most " + std::to_string(kQueryBytesMax) +
                         " bytes; these are " + std::to_string(text.size()));
  }
  if (!is_utf8(text)) return invalid_input("what is searched for is text in UTF-8");
  std::string typed = composed(std::string(text));
  std::string_view rest = typed;
  Query query;
  while (auto piece = take_piece(rest)) {
    if (query.items.size() > kQueryItemsMax) break;
    if (auto filter = filter_of(*piece)) {
      query.items.push_back(std::move(*filter));
      continue;
    }
    if (piece->name == "is" && !piece->text.empty()) query.unknown_states.emplace_back(piece->text);
    std::string whole(piece->name);
    if (!whole.empty()) whole += ' ';
    whole += piece->text;
    add_words(whole, *piece, query.items);
  }
  if (query.items.size() > kQueryItemsMax) {
    return invalid_input("a search has at most " + std::to_string(kQueryItemsMax) +
                         " words, phrases and filters");
  }
  return query;
}

}  // namespace stet::search
