#include "cms/site/column.h"

#include <mutex>

namespace stet::site {
namespace {

constexpr std::size_t kColumnsMax = 1'000;

ColumnPtr gathered(std::string_view field, const Items& items, reads::Names& names) {
  auto column = std::make_shared<Column>();
  reads::Recorder recorder;
  reads::NameId id = names.id_of(field);
  column->values.reserve(items.size());
  items.for_each([&](const ListKey&, const ItemPtr& item) {
    column->values.push_back(item->settled(field));
    if (!column->values.back()) return;
    recorder.add(reads::Key(reads::Kind::kField, item->subject(), id));
  });
  column->reads = std::make_shared<const reads::Reads>(recorder.take());
  return column;
}

}  // namespace

ColumnPtr Columns::of(std::string_view list,
                      std::string_view field,
                      const Items& items,
                      reads::Names& names) {
  std::pair<std::string, std::string> name(list, field);
  {
    std::shared_lock lock(mutex_);
    if (auto it = columns_.find(name); it != columns_.end()) return it->second;
    if (columns_.size() >= kColumnsMax) return nullptr;
  }
  ColumnPtr column = gathered(field, items, names);
  std::unique_lock lock(mutex_);
  return columns_.try_emplace(std::move(name), std::move(column)).first->second;
}

}  // namespace stet::site
