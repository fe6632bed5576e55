#include "cms/site/column.h"

#include <mutex>

namespace stet::site {
namespace {

constexpr std::size_t kColumnsMax = 1'000;

ColumnPtr asked(std::string_view field, const Columns::VisitAll& all, reads::Names& names) {
  auto column = std::make_shared<Column>();
  reads::Recorder recorder;
  reads::NameId id = names.id_of(field);
  all([&](const Item& item) {
    column->values.push_back(item.settled(field));
    if (!column->values.back()) return;
    recorder.add(reads::Key(reads::Kind::kField, item.subject(), id));
  });
  column->values.shrink_to_fit();
  column->reads = std::make_shared<const reads::Reads>(recorder.take());
  return column;
}

}  // namespace

ColumnPtr Columns::of(std::string_view list,
                      std::string_view field,
                      const VisitAll& all,
                      reads::Names& names) {
  std::pair<std::string, std::string> name(list, field);
  {
    std::shared_lock lock(mutex_);
    if (auto it = columns_.find(name); it != columns_.end()) return it->second;
    if (columns_.size() >= kColumnsMax) return nullptr;
  }
  ColumnPtr column = asked(field, all, names);
  std::unique_lock lock(mutex_);
  return columns_.try_emplace(std::move(name), std::move(column)).first->second;
}

GatheredPtr Columns::gathered(std::string_view list, const std::function<Gathered()>& make) {
  return kept<Gathered>(list, [&] { return std::make_shared<const Gathered>(make()); });
}

Columns::Any Columns::kept_as(std::string_view name, const std::function<Any()>& make) {
  {
    std::shared_lock lock(mutex_);
    if (auto it = kept_.find(name); it != kept_.end()) return it->second;
  }
  Any made = make();
  std::unique_lock lock(mutex_);
  return kept_.try_emplace(std::string(name), std::move(made)).first->second;
}

}  // namespace stet::site
