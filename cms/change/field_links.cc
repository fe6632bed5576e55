#include "cms/change/field_links.h"

#include "cms/change/locate.h"
#include "cms/change/schemas.h"
#include "cms/schedule/session.h"

namespace stet::change {
namespace {

using document::Data;
using schema::Field;
using schema::FieldType;

constexpr std::string_view kOwnAddresses[] = {"permalink", "redirect_from"};

bool is_own_address(std::string_view key) {
  return key == kOwnAddresses[0] || key == kOwnAddresses[1];
}

const Field* field_of(const std::vector<Field>* fields, std::string_view name) {
  if (!fields) return nullptr;
  for (const Field& field : *fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

}  // namespace

FieldLinks::FieldLinks(const LinkTargets& targets,
                       const site::Site& before,
                       const site::Site& after)
    : targets_(targets),
      site_url_(before.config().text("url")),
      schemas_(schemas_of(before.config())) {
  for (const MovedFile& file : targets.moved()) {
    paths_.emplace(file.from.string(), file.to.string());
    const Resource* old_kind = resource_of(before, file.from);
    const Resource* new_kind = resource_of(after, file.to);
    if (!old_kind || !new_kind || old_kind->is_structured()) continue;
    if (old_kind->kind == EntryKind::kSpeaker && new_kind->kind == EntryKind::kSpeaker) {
      speakers_.emplace(schedule::slug_of_path(file.from.view()),
                        schedule::slug_of_path(file.to.view()));
    }
    std::string old_label = label_of(before, *old_kind, file.from.view());
    std::string new_label = label_of(after, *new_kind, file.to.view());
    std::string key = schema_key_of(*old_kind, old_label, "");
    if (key.empty() || key != schema_key_of(*new_kind, new_label, "")) continue;
    names_[key].emplace(name_of(before, *old_kind, old_label, file.from.view()),
                        name_of(after, *new_kind, new_label, file.to.view()));
  }
}

struct FieldLinks::Walk {
  const FieldLinks& links;
  const LinkHolder& holder;
  bool has_changed = false;

  void text(Data& value, const Field* field) {
    const std::string& said = *value.string();
    std::optional<std::string> now;
    if (field && field->type == FieldType::kReference) {
      auto names = links.names_.find(field->collection);
      if (names != links.names_.end()) {
        auto name = names->second.find(said);
        if (name != names->second.end()) now = name->second;
      }
    } else if (said.starts_with('/') ||
               (!links.site_url_.empty() && said.starts_with(links.site_url_ + "/"))) {
      now = links.targets_.replacement(LinkSpan::Kind::kTarget, said, holder);
    }
    if (!now && said.find_first_of("./") != said.npos) {
      if (auto path = links.paths_.find(said); path != links.paths_.end()) now = path->second;
    }
    if (!now || *now == said) return;
    value = Data(*std::move(now));
    has_changed = true;
  }

  void map(Data::Map& map, const std::vector<Field>* fields) {
    for (std::size_t i = 0; i < map.size(); ++i) {
      const std::string& key = map.at(i).first;
      if (!is_own_address(key)) any(map.value_at(i), field_of(fields, key));
    }
  }

  void any(Data& value, const Field* field) {
    if (value.is_string()) {
      text(value, field);
    } else if (Data::List* list = value.list()) {
      bool has_items = field && field->type == FieldType::kList && !field->fields.empty();
      for (Data& item : *list) any(item, has_items ? &field->fields.front() : nullptr);
    } else if (Data::Map* inner = value.map()) {
      bool is_object = field && field->type == FieldType::kObject;
      map(*inner, is_object ? &field->fields : nullptr);
    }
  }

  // Of a session.
  void speakers(Data& session) {
    Data* found = session.map() ? session.map()->find("speakers") : nullptr;
    Data::List* list = found ? found->list() : nullptr;
    if (!list) return;
    for (Data& speaker : *list) {
      auto now = speaker.string() ? links.speakers_.find(*speaker.string()) : links.speakers_.end();
      if (now == links.speakers_.end() || now->second == *speaker.string()) continue;
      speaker = Data(now->second);
      has_changed = true;
    }
  }

  // Of a data file, what the schema is about: one, several, or several by name.
  void root(Data& value, const schema::Schema* schema) {
    const std::vector<Field>* fields = schema ? &schema->fields : nullptr;
    bool is_one = !schema || schema->shape == schema::Shape::kObject;
    if (Data::List* list = value.list()) {
      for (Data& item : *list) {
        if (Data::Map* row = item.map()) {
          map(*row, is_one ? nullptr : fields);
        } else {
          any(item, nullptr);
        }
      }
    } else if (Data::Map* top = value.map(); top && is_one) {
      map(*top, fields);
    } else if (top) {
      for (std::size_t i = 0; i < top->size(); ++i) {
        Data& entry = top->value_at(i);
        if (Data::Map* inner = entry.map()) {
          map(*inner, fields);
        } else {
          any(entry, nullptr);
        }
      }
    }
  }
};

std::optional<Data> FieldLinks::moved(const Data& data,
                                      std::string_view key,
                                      const LinkHolder& holder) const {
  Data changed = data;
  Walk walk{*this, holder};
  walk.root(changed, key.empty() ? nullptr : schema::find_schema(schemas_, key));
  if (holder.path_before.starts_with("_schedule/")) walk.speakers(changed);
  if (!walk.has_changed) return std::nullopt;
  return changed;
}

}  // namespace stet::change
