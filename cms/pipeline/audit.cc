// Pipeline's conscience: pages rendered once more of nothing but the site, and compared.

#include <algorithm>
#include <iterator>

#include "cms/pipeline/pipeline.h"

namespace stet::pipeline {
namespace {

constexpr std::string_view kPage = "page:";
constexpr std::size_t kMissedShownMax = 100;

// What is in `now` and was not recorded, in sentences.
std::vector<std::string> missed_of(const reads::Reads* recorded,
                                   const reads::Reads& now,
                                   const reads::Names& names) {
  static const reads::Reads kNone;
  const reads::Reads& before = recorded ? *recorded : kNone;
  std::vector<reads::Key> keys;
  std::vector<reads::Span> spans;
  std::set_difference(now.keys.begin(),
                      now.keys.end(),
                      before.keys.begin(),
                      before.keys.end(),
                      std::back_inserter(keys));
  std::set_difference(now.spans.begin(),
                      now.spans.end(),
                      before.spans.begin(),
                      before.spans.end(),
                      std::back_inserter(spans));
  std::vector<std::string> missed;
  for (const reads::Key& key : keys) missed.push_back(reads::describe(key, names));
  for (const reads::Span& span : spans) missed.push_back(reads::describe(span, names));
  return missed;
}

}  // namespace

Result<std::optional<Audit>> Pipeline::audit(std::uint64_t random) {
  using None = std::optional<Audit>;
  Freshener::GroundPtr ground = freshener_.current();
  publish::LivePointer newest = publisher_.newest();
  if (!ground || !newest || ground->number != newest->number) return None();
  const auto& entries = newest->manifest.entries();
  if (entries.empty()) return None();
  const auto& [path, entry] = entries.at(random % entries.size());
  if (entry.is_stale()) return None();
  auto notes = std::make_shared<Notes>();
  render::Tools own = tools(notes->renditions);
  render::Renderer renderer(ground->site,
                            {own.templates,
                             own.renditions,
                             notes->instants,
                             own.limits,
                             own.sheets,
                             own.pictures,
                             own.files});
  MadePage made = TRY(make_page(renderer, ground->site, store_, path.string()));
  made.notes = std::move(notes);
  ++counts_.audited;
  std::lock_guard lock(mutex_);
  const publish::ManifestEntry* now = publisher_.newest()->manifest.find(path.view());
  bool is_overtaken = made.site != site_ || !now || *now != entry;
  // A page that fails is shown as it last was: there is nothing to compare it with. Of one that the
  // last process filled, nobody knows yet what it has read.
  if (is_overtaken || !made.stored || stale_.contains(made.path)) return None();
  return None(TRY(compare(std::move(made), *entry.page())));
}

// Under the lock, as what follows.
Result<Audit> Pipeline::compare(MadePage made, const publish::Page& shown) {
  Audit audit;
  audit.path = made.path;
  if (auto output = publish::OutputPath::parse(made.path)) audit.url = publish::url_of(*output);
  std::vector<std::string> wrong;  // other pages, which print a wrong rendition
  audit.is_mismatch = mend_renditions(made, audit, wrong) || *made.stored != shown;
  dirty::NodeId node = render::page_node(names_, made.path);
  for (std::string& read : missed_of(graph_.reads_of(node), made.page.reads, names_)) {
    audit.missed.push_back(std::move(read));
  }
  counts_.missed_reads += audit.missed.size();
  if (audit.missed.size() > kMissedShownMax) audit.missed.resize(kMissedShownMax);
  if (!audit.is_mismatch) {
    if (!audit.missed.empty()) graph_.set_reads(node, std::move(made.page.reads));
    return audit;
  }
  ++counts_.mismatches;
  last_reasons_[made.path] = {"was shown wrongly, as an audit found"};
  std::erase(wrong, made.path);
  std::vector<MadePage> pages;
  pages.push_back(std::move(made));
  std::vector<publish::Change> changes = take_in(std::move(pages)).changes;
  for (publish::Change& change : make_stale(wrong)) changes.push_back(std::move(change));
  TRY(fill_in(changes));
  return audit;
}

// The pages that print this rendition; other renditions that do are made again when they are
// wanted.
void Pipeline::forget_printers(dirty::NodeId rendition, std::vector<std::string>& pages) {
  std::vector<dirty::NodeId> pending = {rendition};
  std::set<dirty::NodeId> seen = {rendition};
  while (!pending.empty()) {
    reads::Key key = render::key_of_rendition(names_, pending.back());
    pending.pop_back();
    graph_.readers_of(key, [&](dirty::NodeId reader) {
      if (!seen.insert(reader).second) return;
      std::string_view printer = names_.name_of(reader);
      if (printer.starts_with(kPage)) {
        pages.emplace_back(printer.substr(kPage.size()));
      } else {
        renditions_.drop(reader);
        pending.push_back(reader);
      }
    });
  }
}

// True where one was wrong; `wrong` are the pages that print it.
bool Pipeline::mend_renditions(MadePage& made, Audit& audit, std::vector<std::string>& wrong) {
  bool is_mended = false;
  for (auto& [node, reads] : made.notes->renditions.take_fresh()) {
    const reads::Reads* recorded = graph_.reads_of(node);
    if (!recorded) continue;  // nobody has printed it yet
    std::vector<std::string> missed = missed_of(recorded, reads, names_);
    render::RenditionPtr right = made.notes->renditions.find(node);
    auto known = renditions_.value_of(node);
    bool is_wrong = right && known && *known != render::value_of(*right);
    if (!is_wrong && missed.empty()) continue;
    audit.missed.insert(audit.missed.end(), missed.begin(), missed.end());
    graph_.set_reads(node, reads);
    if (!is_wrong) continue;
    is_mended = true;
    renditions_.drop(node);
    renditions_.add(node, {*right, std::move(reads)});
    forget_printers(node, wrong);
  }
  std::sort(wrong.begin(), wrong.end());
  wrong.erase(std::unique(wrong.begin(), wrong.end()), wrong.end());
  return is_mended;
}

}  // namespace stet::pipeline
