#include "cms/pipeline/saved_state.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace stet::pipeline {
namespace {

constexpr std::string_view kHeading = "stet state 1\n";
constexpr std::string_view kName = "state";
constexpr std::string_view kAside = ".new";
constexpr std::size_t kPartBytes = std::size_t{4} << 20;

Status end_part(StateEncoder& encoder, publish::RecordFile& file) {
  return encoder.bytes() < kPartBytes ? Status() : file.append(encoder.take_part());
}

}  // namespace

SavedState::SavedState(Options options, reads::Names& names)
    : options_(std::move(options)), names_(names) {}

SavedState::~SavedState() { wait(); }

void SavedState::wait() {
  if (thread_.joinable()) thread_.join();
}

std::uint64_t SavedState::bytes() const {
  std::lock_guard lock(mutex_);
  return file_ ? file_->bytes() : 0;
}

publish::RecordFile::Place SavedState::place(std::string_view suffix) const {
  return {options_.folder / (std::string(kName) + std::string(suffix)), std::string(kHeading)};
}

Result<SavedSite> SavedState::load(std::uint64_t newest, std::vector<std::string>& notices) {
  std::lock_guard lock(mutex_);
  SavedSite site;
  StateDecoder decoder(names_, options_.settings, newest, site);
  std::uint64_t rewritten_bytes = 0;  // up to the first publication
  bool is_trusted = true;
  auto accept = [&](std::string_view record) {
    bool is_first = site.mark.number == 0;
    Status accepted = decoder.accept(record);
    is_trusted = is_trusted && (accepted || accepted.error().code == ErrorCode::kNotFound);
    if (is_first) rewritten_bytes += record.size();
    return accepted;
  };
  auto file = publish::RecordFile::open(place(""), accept, notices);
  // What cannot be cut must not be met again by a later process.
  if (!file) {
    std::error_code failure;
    std::filesystem::remove(place("").path, failure);
    return file.error();
  }
  auto is_torn = [](const auto& known) { return known.second.keeps_reads; };
  is_trusted = is_trusted && std::none_of(site.nodes.begin(), site.nodes.end(), is_torn);
  if (!is_trusted || site.mark.number == 0) return SavedSite();
  std::erase_if(site.nodes, [](const auto& known) { return known.second.is_gone(); });
  (*file)->set_rewritten(rewritten_bytes);
  encoder_ = std::make_unique<StateEncoder>(names_, decoder.texts());
  file_ = std::move(*file);
  saved_instants_ = site.instants;
  return site;
}

Result<SavedState::File> SavedState::begin_aside() const {
  File file = TRY(publish::RecordFile::create(place(kAside)));
  TRY(file->append(StateEncoder::heading(options_.settings)));
  return file;
}

Status SavedState::save_whole(const SavedMark& mark,
                              const std::vector<dirty::NodeId>& nodes,
                              const LookAt& look_at,
                              const SavedInstants& instants,
                              const SavedHistory& history) {
  wait();  // for one that writes what is of no use any more
  auto encoder = std::make_unique<StateEncoder>(names_);
  File file = TRY(begin_aside());
  for (dirty::NodeId node : nodes) {
    SavedNode saved = look_at(node);
    if (!saved.is_gone()) encoder->add(node, saved);
    TRY(end_part(*encoder, *file));
  }
  encoder->add_instants(instants);
  encoder->add_history(history);
  TRY(file->append(encoder->take_publication(mark)));
  TRY(file->rename_to(place("").path));
  file->set_rewritten(file->bytes());
  std::lock_guard lock(mutex_);
  encoder_ = std::move(encoder);
  file_ = std::move(file);
  saved_instants_ = instants;
  return {};
}

Status SavedState::save(const SavedMark& mark,
                        const std::vector<dirty::NodeId>& nodes,
                        const LookAt& look_at,
                        const SavedInstants& instants,
                        const SavedHistory& history) {
  std::lock_guard lock(mutex_);
  if (!file_) return unavailable("there is no log to go on with");
  for (dirty::NodeId node : nodes) encoder_->add(node, look_at(node));
  SavedInstants changed;
  for (const auto& [how, printed] : instants) {
    auto known = saved_instants_.find(how);
    if (known == saved_instants_.end() || known->second != printed) changed.emplace(how, printed);
  }
  encoder_->add_instants(changed);
  std::string record = encoder_->take_publication(mark);
  if (Status appended = file_->append(record); !appended) {
    // The encoder takes texts for known that the file lacks.
    file_ = nullptr;
    return appended;
  }
  saved_instants_ = instants;
  if (is_rewriting_) {
    meanwhile_.push_back(std::move(record));
  } else if (file_->appended_bytes() >
             std::max(options_.rewrite_bytes_min, file_->rewritten_bytes())) {
    rewrite_soon(history);
  }
  return {};
}

void SavedState::rewrite_soon(const SavedHistory& history) {
  if (thread_.joinable()) thread_.join();  // it has ended
  auto rewrite_it = [this, end = file_->bytes(), history] {
    Status rewritten = rewrite(end, history);
    std::lock_guard lock(mutex_);
    is_rewriting_ = false;
    meanwhile_.clear();
    if (!rewritten && options_.note) {
      options_.note("write '" + place("").path.string() + "' anew: " + rewritten.error().message);
    }
  };
  try {
    thread_ = std::thread(std::move(rewrite_it));
    is_rewriting_ = true;
  } catch (const std::system_error&) {  // the machine gives none: the next record tries again
  }
}

// The first `end` bytes folded into a file aside; then, nobody else writing, what came meanwhile.
Status SavedState::rewrite(std::uint64_t end, const SavedHistory& history) {
  SavedSite site;
  StateDecoder decoder(names_, options_.settings, ~std::uint64_t{0}, site);
  auto accept = [&](std::string_view record) { return decoder.accept(record); };
  TRY(publish::RecordFile::read(place(""), end, accept));
  auto encoder = std::make_unique<StateEncoder>(names_);
  File file = TRY(begin_aside());
  std::vector<dirty::NodeId> nodes;
  for (const auto& [node, saved] : site.nodes) {
    if (!saved.is_gone()) nodes.push_back(node);
  }
  std::sort(nodes.begin(), nodes.end());
  for (dirty::NodeId node : nodes) {
    encoder->add(node, site.nodes.at(node));
    TRY(end_part(*encoder, *file));
  }
  encoder->add_instants(site.instants);
  encoder->add_history(history);
  TRY(file->append(encoder->take_publication(site.mark)));
  file->set_rewritten(file->bytes());
  TRY(file->sync());
  std::lock_guard lock(mutex_);
  if (!file_) return unavailable("the log is not gone on with");
  SavedSite tail;
  decoder.go_on_with(tail);
  for (const std::string& record : meanwhile_) TRY(decoder.accept(record));
  for (const auto& [node, saved] : tail.nodes) encoder->add(node, saved);
  encoder->add_instants(tail.instants);
  if (tail.mark.number > 0) TRY(file->append(encoder->take_publication(tail.mark)));
  TRY(file->rename_to(place("").path));
  file_ = std::move(file);
  encoder_ = std::move(encoder);
  return {};
}

}  // namespace stet::pipeline
