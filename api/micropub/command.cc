#include "api/micropub/command.h"

#include "storage/base/utf8.h"

namespace stet::micropub {
namespace {

using document::Data;

Fault bad(std::string description) { return {.description = std::move(description)}; }

bool is_command(std::string_view name) { return name.starts_with("mp-"); }

std::variant<Action, Fault> action_named(std::string_view name) {
  if (name.empty() || name == "create") return Action::kCreate;
  if (name == "update") return Action::kUpdate;
  if (name == "delete") return Action::kDelete;
  if (name == "undelete") return Action::kUndelete;
  return bad("there is no action '" + printable(name, 40) +
             "'; there are create, update, delete and undelete");
}

std::optional<Fault> fault_of_type(std::string_view type) {
  if (type == "entry") return std::nullopt;
  return bad("only entries are made here (h=entry), and no '" + printable(type, 40) + "'");
}

// Every member of the object, each a list. Null: there is no such object.
std::optional<Fault> take_lists(const Data* object, std::string_view where, Data::Map& lists) {
  if (!object) return std::nullopt;
  if (!object->is_map()) return bad(std::string(where) + " is an object of lists");
  for (const auto& [name, values] : *object->map()) {
    if (!values.is_list()) {
      return bad("'" + printable(name, 40) + "' in " + std::string(where) +
                 " is a list, also of one value");
    }
    lists.set(name, values);
  }
  return std::nullopt;
}

std::optional<Fault> take_removed(const Data* removed, Command& command) {
  if (!removed) return std::nullopt;
  if (!removed->is_list()) return take_lists(removed, "delete", command.removed);
  for (const Data& name : *removed->list()) {
    if (!name.string()) return bad("delete is a list of names, or an object of lists");
    command.removed_names.push_back(*name.string());
  }
  return std::nullopt;
}

std::optional<Fault> take_update(const Data& json, Command& command) {
  if (auto fault = take_lists(json.find("replace"), "replace", command.replaced)) return fault;
  if (auto fault = take_lists(json.find("add"), "add", command.added)) return fault;
  if (auto fault = take_removed(json.find("delete"), command)) return fault;
  bool is_empty = command.replaced.empty() && command.added.empty() && command.removed.empty() &&
                  command.removed_names.empty();
  if (is_empty) return bad("an update has replace, add or delete");
  return std::nullopt;
}

std::optional<Fault> take_type(const Data& json) {
  const Data* type = json.find("type");
  const Data::List* list = type ? type->list() : nullptr;
  const std::string* name = list && list->size() == 1 ? list->front().string() : nullptr;
  if (!name || !name->starts_with("h-")) return bad("type is [\"h-entry\"]");
  return fault_of_type(std::string_view(*name).substr(2));
}

std::optional<Fault> take_properties(const Data& json, Command& command) {
  Data::Map all;
  if (auto fault = take_lists(json.find("properties"), "properties", all)) return fault;
  for (const auto& [name, values] : all) {
    (is_command(name) ? command.commands : command.properties).set(name, values);
  }
  return std::nullopt;
}

std::variant<Command, Fault> finished(Command command, bool has_files = false) {
  if (command.action != Action::kCreate && command.url.empty()) {
    return bad("url says which post is meant");
  }
  if (command.action == Action::kCreate && command.properties.empty() && !has_files) {
    return bad("a post has properties, such as content");
  }
  return command;
}

}  // namespace

void append(Data::Map& lists, std::string_view name, Data value) {
  Data* list = lists.find(name);
  if (!list) {
    lists.set(name, Data::List{std::move(value)});
  } else if (list->is_list()) {
    list->list()->push_back(std::move(value));
  }
}

std::variant<Command, Fault> read_form(const http::Query& fields, bool has_files) {
  Command command;
  std::string_view type = "entry", action;
  for (const auto& [name, value] : fields) {
    if (name == "access_token") continue;
    if (!is_utf8(name) || !is_utf8(value)) return bad("the form is not UTF-8");
    if (name == "h") {
      type = value;
    } else if (name == "action") {
      action = value;
    } else if (name == "url") {
      command.url = value;
    } else {
      std::string_view plain = name;
      if (plain.ends_with("[]")) plain.remove_suffix(2);
      append(is_command(plain) ? command.commands : command.properties, plain, value);
    }
  }
  auto known = action_named(action);
  if (auto* fault = std::get_if<Fault>(&known)) return std::move(*fault);
  command.action = std::get<Action>(known);
  if (command.action == Action::kUpdate) return bad("an update is sent as JSON");
  if (auto fault = fault_of_type(type)) return std::move(*fault);
  if (command.action == Action::kCreate && !command.url.empty()) {
    append(command.properties, "url", std::exchange(command.url, ""));
  }
  return finished(std::move(command), has_files);
}

std::variant<Command, Fault> read_json(const Data& json) {
  if (!json.is_map()) return bad("the request is an object");
  Command command;
  const Data* action = json.find("action");
  if (action && !action->string()) return bad("action is text");
  auto known = action_named(action ? std::string_view(*action->string()) : "");
  if (auto* fault = std::get_if<Fault>(&known)) return std::move(*fault);
  command.action = std::get<Action>(known);
  const Data* url = json.find("url");
  if (url && !url->string()) return bad("url is text");
  if (url) command.url = *url->string();
  if (command.action == Action::kUpdate) {
    if (auto fault = take_update(json, command)) return std::move(*fault);
  } else if (command.action == Action::kCreate) {
    if (auto fault = take_type(json)) return std::move(*fault);
    if (auto fault = take_properties(json, command)) return std::move(*fault);
  }
  return finished(std::move(command));
}

std::string first_text(const Data::Map& properties, std::string_view name) {
  const Data* values = properties.find(name);
  const Data::List* list = values ? values->list() : nullptr;
  const std::string* text = list && !list->empty() ? list->front().string() : nullptr;
  return text ? *text : "";
}

}  // namespace stet::micropub
