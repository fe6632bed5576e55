#include "cms/search/words.h"

#include "storage/base/utf8.h"

namespace stet::search {

bool WordReader::peek(Place& place) const {
  if (at_ >= text_.size()) return false;
  std::string_view rest = text_.substr(at_);
  place.begin = at_;
  place.letter = letter_of(take_code_point(rest));
  place.end = text_.size() - rest.size();
  return true;
}

// True: there is a word. False: the run has ended without one.
bool WordReader::next_dense(Word& word) {
  Place place;
  while (peek(place) && place.letter.kind == LetterKind::kJoined) at_ = place.end;
  bool goes_on = peek(place) && place.letter.kind == LetterKind::kDense;
  bool is_alone = !goes_on && !has_told_;
  word.text = before_.letter.text();
  word.begin = before_.begin;
  word.end = before_.end;
  word.is_dense = true;
  if (goes_on) {
    word.text += place.letter.text();
    word.end = at_ = place.end;
    before_ = place;
    has_told_ = true;
  } else {
    is_in_run_ = false;
  }
  return goes_on || is_alone;
}

// "c++", "c#": signs that make another word of the one before them.
void WordReader::add_signs(Word& word) {
  std::string_view rest = text_.substr(word.end);
  std::string_view signs = rest.starts_with("++") ? "++" : rest.starts_with('#') ? "#" : "";
  bool is_name = signs == "++" || (signs == "#" && word.text.size() == 1);
  if (!is_name || word.text.size() + signs.size() > kWordBytesMax) return;
  std::string_view after = rest.substr(signs.size());
  if (!after.empty()) {
    bool goes_on = after.front() == signs.front();
    if (goes_on || letter_of(take_code_point(after)).kind != LetterKind::kNone) return;
  }
  word.text += signs;
  word.end += signs.size();
  at_ = word.end;
}

bool WordReader::next(Word& word) {
  if (is_in_run_ && next_dense(word)) return true;
  word.text.clear();
  word.is_dense = false;
  Place place;
  for (; peek(place); at_ = place.end) {
    switch (place.letter.kind) {
      case LetterKind::kJoined: break;
      case LetterKind::kNone:
        if (word.text.empty()) break;
        add_signs(word);
        return true;
      case LetterKind::kWord:
        if (word.text.empty()) word.begin = place.begin;
        word.end = place.end;
        if (word.text.size() + place.letter.size <= kWordBytesMax) word.text += place.letter.text();
        break;
      case LetterKind::kDense:
        if (!word.text.empty()) return true;
        at_ = place.end;
        before_ = place;
        is_in_run_ = true;
        has_told_ = false;
        return next_dense(word);
    }
  }
  return !word.text.empty();
}

std::size_t bytes_of_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) {
    std::string_view rest = text.substr(at);
    take_code_point(rest);
    at = text.size() - rest.size();
  }
  return at;
}

}  // namespace stet::search
