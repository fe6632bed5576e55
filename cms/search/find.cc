// What an index answers: candidates, their weights, and the rows that are shown.

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "cms/search/index.h"
#include "cms/search/words.h"

namespace stet::search {
namespace {

using storage::Statement;

constexpr std::size_t kInsideBytesMin = 4;  // shorter parts of words are everywhere
constexpr std::size_t kRareMeaningsMax = 50;
constexpr std::int64_t kFrequencyMax = 1000;  // words are counted up to here
constexpr double kNewsShare = 0.4, kDaysPerYear = 365;

struct Candidate {
  std::int64_t id = 0;
  double weight = 0;
};

struct Candidates {
  std::vector<Candidate> list;
  bool is_more = false;
};

bool has_match(const Parts& parts) {
  return std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.is_match; });
}

class Finding {
 public:
  Finding(File& file, const Wanted& wanted) : file_(file), wanted_(wanted) {}

  Result<Found> run(const CommitId& commit) {
    Found found;
    found.commit = commit;
    if (wanted_.query.is_empty()) return found;
    TRY(expand());
    Candidates candidates = TRY(gather());
    if (candidates.list.empty() && TRY(look_inside())) candidates = TRY(gather());
    found.total = candidates.list.size();
    found.is_more = candidates.is_more;
    rank(candidates.list);
    std::size_t end = std::min(wanted_.offset + wanted_.limit, candidates.list.size());
    for (std::size_t i = wanted_.offset; i < end; ++i) {
      found.hits.push_back(TRY(hit_of(candidates.list[i])));
    }
    return found;
  }

 private:
  Status expand() {
    for (const QueryItem& item : wanted_.query.items) {
      ExpandedItem expanded{.item = &item};
      std::string_view beginning = open_beginning(item);
      if (!beginning.empty()) {
        expanded.meanings = TRY(file_.words_beginning(beginning, kMeaningsMax));
      }
      items_.push_back(std::move(expanded));
    }
    return weigh_items();
  }

  // What is rare says more than what is everywhere.
  Status weigh_items() {
    if (items_.size() < 2) return {};
    double rows = static_cast<double>(TRY(file_.count_rows()));
    for (ExpandedItem& expanded : items_) {
      if (expanded.item->kind != QueryItem::Kind::kWords || expanded.item->is_negated) continue;
      std::string match = expression_of({expanded}, {}, false).match;
      Statement count = TRY(file_.database().prepare(
          "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"));
      count.bind(1, match).bind(2, kFrequencyMax);
      TRY(count.step());
      double frequency = std::min(static_cast<double>(count.integer(0)), rows);
      expanded.factor =
          static_cast<float>(std::log(1 + (rows - frequency + 0.5) / (frequency + 0.5)));
      expanded.factor = std::max(expanded.factor, 0.1F);
    }
    return {};
  }

  // Nothing has the words: words that have them inside will do. True: there are such.
  Result<bool> look_inside() {
    if (wanted_.reach.is_without_names) return false;
    inside_ = wanted_.query;
    bool has_some = false;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      QueryItem& item = inside_.items[i];
      bool is_apt = item.kind == QueryItem::Kind::kWords && !item.is_negated &&
                    item.words.size() == 1 && item.words.front().size() >= kInsideBytesMin;
      if (!is_apt) continue;
      auto meanings = TRY(file_.words_with(item.words.front(), kRareMeaningsMax));
      item.is_prefix = true;  // as one of several words
      items_[i].item = &item;
      has_some = has_some || !meanings.empty();
      items_[i].meanings = std::move(meanings);
    }
    is_inside_ = has_some;
    return has_some;
  }

  Status add(bool is_in_names, std::size_t max, Candidates& candidates) {
    Expression expression = expression_of(items_, wanted_.reach, is_in_names);
    Statement select = TRY(file_.database().prepare(
        "SELECT rowid, weigh(words, ?) FROM words WHERE words MATCH ? ORDER BY rowid DESC"
        " LIMIT ?"));
    std::string weighing = expression.weighing.bytes();
    select.bind_blob(1, weighing).bind(2, expression.match);
    select.bind(3, static_cast<std::int64_t>(max + 1));
    std::size_t count = 0;
    while (TRY(select.step())) {
      if (++count > max) break;
      candidates.list.push_back({select.integer(0), select.real(1)});
    }
    candidates.is_more = candidates.is_more || count > max;
    return {};
  }

  Result<Candidates> gather() {
    Candidates candidates;
    bool is_by_names = has_words(items_) && !wanted_.reach.is_without_names;
    TRY(add(false, kWeighedMax, candidates));
    // All that there is has been seen already, unless it was too much.
    if (is_by_names && candidates.is_more) TRY(add(true, kWeighedNamesMax, candidates));
    auto& list = candidates.list;
    std::sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
      return a.id > b.id;
    });
    list.erase(std::unique(list.begin(),
                           list.end(),
                           [](const Candidate& a, const Candidate& b) { return a.id == b.id; }),
               list.end());
    return candidates;
  }

  // By weight, with a little more for what is new beside the newest of them.
  static void rank(std::vector<Candidate>& list) {
    std::int64_t newest = 0;
    auto day_of = [](const Candidate& candidate) { return candidate.id >> kDayShift; };
    for (const Candidate& candidate : list) {
      if (day_of(candidate) != kUndated) newest = std::max(newest, day_of(candidate));
    }
    for (Candidate& candidate : list) {
      if (day_of(candidate) == kUndated) continue;
      double years = static_cast<double>(newest - day_of(candidate)) / kDaysPerYear;
      candidate.weight += kNewsShare / (1 + years);
    }
    std::stable_sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
      return a.weight > b.weight;
    });
  }

  Result<Hit> hit_of(const Candidate& candidate) {
    Record record = TRY(file_.read_row(candidate.id));
    const Query& query = wanted_.query;
    Hit hit{.branch = record.branch,
            .path = record.path,
            .blob = record.blob,
            .weight = candidate.weight};
    if (!wanted_.reach.is_without_names) hit.title = marked(record.title, query, is_inside_);
    hit.snippet = snippet_of(record.body, query, is_inside_);
    if (has_match(hit.snippet)) return hit;
    std::vector<const std::string*> others;
    if (!wanted_.reach.is_without_names) others.push_back(&record.terms);
    if (!wanted_.reach.is_public) others.push_back(&record.fields);
    for (const std::string* other : others) {
      auto parts = snippet_of_values(*other, record.path);
      if (!parts) continue;
      hit.snippet = *std::move(parts);
      break;
    }
    return hit;
  }

  // Of the first value that was meant, one a line; what a hit says as its path is no text of it.
  std::optional<Parts> snippet_of_values(std::string_view values, std::string_view path) const {
    while (!values.empty()) {
      std::size_t end = std::min(values.find('\n'), values.size());
      std::string_view value = values.substr(0, end);
      values.remove_prefix(std::min(end + 1, values.size()));
      if (value == path) continue;
      Parts parts = snippet_of(value, wanted_.query, is_inside_);
      if (has_match(parts)) return parts;
    }
    return std::nullopt;
  }

  File& file_;
  const Wanted& wanted_;
  std::vector<ExpandedItem> items_;
  Query inside_;
  bool is_inside_ = false;
};

}  // namespace

Result<Found> Index::find_in(File& file, const Wanted& wanted) {
  auto hex = TRY(file.fact("commit"));
  if (!hex) return unavailable("the search is being made ready; try again in a moment");
  CommitId commit = TRY(CommitId::parse(*hex));
  return Finding(file, wanted).run(commit);
}

}  // namespace stet::search
