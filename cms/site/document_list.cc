#include "cms/site/document_list.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "cms/site/column.h"
#include "cms/site/config_reads.h"
#include "cms/site/memberships.h"
#include "cms/site/site.h"
#include "cms/site/static_file.h"
#include "cms/site/view.h"

namespace stet::site {
namespace {

using liquid::Host;
using liquid::Value;
using reads::Key;
using reads::Kind;

constexpr std::string_view kList = "documents";

// What was read of it is recorded when it is made.
class DocumentList final : public liquid::List {
 public:
  explicit DocumentList(GatheredPtr documents) : documents_(std::move(documents)) {}

  std::size_t size(Host&) const override { return items().size(); }
  Value at(std::size_t position, Host&) const override { return value_of(items()[position]); }
  bool has(std::size_t position, Host&) const override { return position < items().size(); }
  std::vector<Value> first(std::size_t count, Host&) const override {
    std::vector<Value> values;
    values.reserve(count);
    for (std::size_t i = 0; i < count; ++i) values.push_back(value_of(items()[i]));
    return values;
  }
  bool visit_field(std::string_view field, Host& host, const VisitField& visit) const override {
    View& view = view_of(host);
    auto all = [&](const Columns::Visit& ask) {
      for (const ItemPtr& item : items()) ask(*item);
    };
    ColumnPtr column = view.site().columns().of(kList, field, all, view.names());
    if (!column) return false;
    view.recorder().add_shared(column->reads);
    for (std::size_t i = 0; i < items().size(); ++i) {
      const std::optional<Value>& value = column->values[i];
      visit(i, value ? *value : items()[i]->get(field, host));
    }
    return true;
  }

 private:
  static Value value_of(const ItemPtr& item) {
    return Value(liquid::Ref<liquid::Drop>(item.get()));
  }
  const std::vector<ItemPtr>& items() const { return documents_->items; }

  const GatheredPtr documents_;
};

// A list of the site, read as a whole.
std::vector<ItemPtr> all_of(std::string_view list,
                            const Site& site,
                            reads::Names& names,
                            reads::Recorder& recorder) {
  const Items& items = site.list(list);
  reads::NameId id = names.id_of("site." + std::string(list));
  recorder.add(Key(Kind::kLength, id));
  if (!items.empty()) recorder.add_span({id, 0, static_cast<std::uint32_t>(items.size())});
  std::vector<ItemPtr> all;
  all.reserve(items.size());
  items.for_each([&](const ListKey&, const ItemPtr& item) { all.push_back(item); });
  return all;
}

Gathered gather(const Site& site, reads::Names& names) {
  reads::Recorder recorder;
  std::map<std::string, std::vector<ItemPtr>> files;
  reads::NameId field = names.id_of("collection");
  for (ItemPtr& item : all_of("static_files", site, names, recorder)) {
    recorder.add(Key(Kind::kField, item->subject(), field));
    const auto& file = static_cast<const StaticFile&>(*item);
    files[file.facts().collection].push_back(std::move(item));
  }
  Gathered gathered;
  for (const CollectionConfig& collection : site.config().collections()) {
    std::vector<ItemPtr> own = all_of(list_of_collection(collection.label), site, names, recorder);
    if (collection.label == "posts") std::reverse(own.begin(), own.end());
    for (std::vector<ItemPtr>* some : {&own, &files[collection.label]}) {
      gathered.items.insert(gathered.items.end(), some->begin(), some->end());
    }
  }
  gathered.reads = std::make_shared<const reads::Reads>(recorder.take());
  return gathered;
}

}  // namespace

Value documents_value(View& view) {
  collections_of(view);
  GatheredPtr documents =
      view.site().columns().gathered(kList, [&] { return gather(view.site(), view.names()); });
  view.recorder().add_shared(documents->reads);
  return Value(liquid::Ref<liquid::List>(new DocumentList(std::move(documents))));
}

}  // namespace stet::site
