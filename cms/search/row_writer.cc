#include "cms/search/row_writer.h"

#include "cms/search/expression.h"
#include "cms/search/words.h"

namespace stet::search {
namespace {

using storage::Statement;
using Kind = QueryItem::Kind;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

// What an entry's marks are, each once.
class Marks {
 public:
  explicit Marks(const Record& record) {
    text_ = kAnyMark;
    add(record.is_public ? kPublicMark : kHiddenMark);
    if (record.is_draft) add(kDraftMark);
    add(mark_of(Kind::kCollection, compared(record.label)));
    if (!record.branch.empty()) add(mark_of(Kind::kBranch, record.branch));
    for (const std::string& tag : record.tags) add(mark_of(Kind::kTag, compared(tag)));
    for (const std::string& category : record.categories) {
      add(mark_of(Kind::kCategory, compared(category)));
    }
  }

  void note(const Word& word, bool is_name) {
    add_beginnings(kBeginMark, word);
    if (!is_name) return;
    add(kNameMark + word.text);
    add_beginnings(kNameBeginMark, word);
  }
  const std::string& text() const { return text_; }

 private:
  void add(std::string_view mark) {
    if (!seen_.emplace(mark).second) return;
    text_ += ' ';
    text_ += mark;
  }

  void add_beginnings(char mark, const Word& word) {
    std::size_t first = bytes_of_characters(word.text, 1);
    add(mark + word.text.substr(0, first));
    // Of a pair the other character too: whoever looks for one finds it wherever it stands.
    if (word.is_dense) {
      if (first < word.text.size()) add(mark + word.text.substr(first));
    } else {
      add(mark + word.text.substr(0, bytes_of_characters(word.text, kBeginCharactersMax)));
    }
  }

  std::string text_;
  std::unordered_set<std::string> seen_;
};

// A text as its words, each with the mark before it; they are noted.
template <typename Note>
std::string words_of(std::string_view text, Note&& note, std::string_view mark = "") {
  std::string made;
  made.reserve(text.size());
  WordReader reader(text);
  for (Word word; reader.next(word);) {
    if (!made.empty()) made += ' ';
    made += mark;
    made += word.text;
    note(word);
  }
  return made;
}

template <std::size_t Size>
std::string_view bytes_of(const std::array<std::uint8_t, Size>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), Size};
}

// An entry's texts as the index has them.
struct Indexed {
  std::string title, headings, terms, fields, body, marks;
};

template <typename Spell>
Indexed indexed(const Record& record, Spell&& spell) {
  Marks marks(record);
  auto note_name = [&](const Word& word) { marks.note(word, true), spell(word); };
  auto note_word = [&](const Word& word) { marks.note(word, false), spell(word); };
  Indexed texts;
  texts.title = words_of(record.title, note_name);
  texts.terms = words_of(record.terms, note_name);
  texts.headings = words_of(record.headings, note_word);
  texts.body = words_of(record.body, note_word);
  // Not everybody may read these: no beginning of theirs is marked.
  texts.fields = words_of(record.fields, spell, std::string(1, kFieldMark));
  texts.marks = marks.text();
  return texts;
}

void bind_texts(Statement& statement, std::int64_t id, const Indexed& texts) {
  statement.bind(1, id).bind(2, texts.title).bind(3, texts.headings).bind(4, texts.terms);
  statement.bind(5, texts.fields).bind(6, texts.body).bind(7, texts.marks);
}

}  // namespace

Result<RowWriter> RowWriter::open(File& file) {
  storage::Database& database = file.database();
  return RowWriter(
      file,
      TRY(database.prepare("SELECT max(id) FROM entries WHERE id >= ? AND id < ?")),
      TRY(database.prepare("INSERT INTO entries VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
      TRY(database.prepare("INSERT INTO words(rowid, title, headings, terms, fields, body, marks)"
                           " VALUES(?, ?, ?, ?, ?, ?, ?)")),
      TRY(database.prepare("INSERT OR IGNORE INTO spellings VALUES(?)")));
}

Result<std::int64_t> RowWriter::free_id(std::int64_t day) {
  const std::int64_t first = day << kDayShift;
  last_of_day_.bind(1, first).bind(2, (day + 1) << kDayShift);
  TRY(last_of_day_.step());
  std::int64_t id = last_of_day_.is_null(0) ? first : last_of_day_.integer(0) + 1;
  last_of_day_.reset();
  return id;
}

Status RowWriter::spell(const std::string& word) {
  if (!spelt_.insert(word).second) return {};
  TRY(spell_.bind(1, word).run());
  spell_.reset();
  return {};
}

Status RowWriter::remove(std::int64_t id) {
  Record record = TRY(file_.read_row(id));
  // What is told must be what was told when it came in: FTS5 keeps no texts.
  Statement erase_words = TRY(file_.database().prepare(
      "INSERT INTO words(words, rowid, title, headings, terms, fields, body, marks)"
      " VALUES('delete', ?, ?, ?, ?, ?, ?, ?)"));
  bind_texts(erase_words, id, indexed(record, [](const Word&) {}));
  TRY(erase_words.run());
  Statement erase = TRY(file_.database().prepare("DELETE FROM entries WHERE id = ?"));
  return erase.bind(1, id).run();
}

Status RowWriter::add(const Record& record, const Fingerprint& stamp) {
  std::int64_t id = TRY(free_id(record.day));
  std::int64_t flags =
      (record.is_draft ? kIsDraft + 0 : 0) | (record.is_public ? kIsPublic + 0 : 0);
  insert_.bind(1, id).bind(2, record.branch).bind(3, record.path);
  insert_.bind_blob(4, bytes_of(stamp.bytes)).bind_blob(5, bytes_of(record.blob.bytes()));
  insert_.bind(6, record.label).bind(7, flags).bind(8, joined(record.tags));
  insert_.bind(9, joined(record.categories)).bind(10, record.title).bind(11, record.terms);
  insert_.bind(12, record.fields).bind(13, record.headings).bind(14, record.body);
  TRY(insert_.run());
  insert_.reset();
  Status spelt;
  Indexed texts = indexed(record, [&](const Word& word) {
    bool is_long = bytes_of_characters(word.text, kBeginCharactersMax) < word.text.size();
    if (spelt && is_long && !word.is_dense) spelt = spell(word.text);
  });
  TRY(std::move(spelt));
  bind_texts(index_, id, texts);
  TRY(index_.run());
  index_.reset();
  return {};
}

}  // namespace stet::search
