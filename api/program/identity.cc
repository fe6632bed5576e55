#include "api/program/identity.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "api/program/command.h"
#include "api/program/pictures.h"
#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"

namespace stet::program {
namespace {

constexpr std::size_t align4(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

// The linker's hash of all that it has linked; "" where it made none.
std::string build_id_in(std::string_view notes) {
  while (notes.size() >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    std::memcpy(&note, notes.data(), sizeof note);
    notes.remove_prefix(sizeof note);
    std::size_t name_bytes = align4(note.n_namesz), bytes = name_bytes + align4(note.n_descsz);
    if (bytes > notes.size()) return "";
    bool is_build_id =
        note.n_type == NT_GNU_BUILD_ID && notes.substr(0, note.n_namesz) == std::string("GNU", 4);
    if (is_build_id) return std::string(notes.substr(name_bytes, note.n_descsz));
    notes.remove_prefix(bytes);
  }
  return "";
}

std::string build_id_of(const dl_phdr_info& object) {
  for (ElfW(Half) i = 0; i < object.dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = object.dlpi_phdr[i];
    if (header.p_type != PT_NOTE) continue;
    const auto* begin = reinterpret_cast<const char*>(object.dlpi_addr + header.p_vaddr);
    std::string id = build_id_in({begin, header.p_memsz});
    if (!id.empty()) return id;
  }
  return "";
}

// Of a program that lies on the disk; "" where there is none.
std::string build_id_of_file(const std::filesystem::path& path) {
  constexpr std::size_t kNotesBytesMax = 4096;
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  auto read = [&](void* to, std::size_t size, std::uint64_t at) {
    return ::pread(file.get(), to, size, static_cast<off_t>(at)) == static_cast<ssize_t>(size);
  };
  ElfW(Ehdr) head;
  if (!read(&head, sizeof head, 0) || head.e_phentsize != sizeof(ElfW(Phdr))) return "";
  for (ElfW(Half) i = 0; i < head.e_phnum; ++i) {
    ElfW(Phdr) part;
    if (!read(&part, sizeof part, head.e_phoff + i * sizeof part)) return "";
    if (part.p_type != PT_NOTE || part.p_filesz > kNotesBytesMax) continue;
    std::string notes(part.p_filesz, '\0');
    if (!read(notes.data(), notes.size(), part.p_offset)) return "";
    std::string id = build_id_in(notes);
    if (!id.empty()) return id;
  }
  return "";
}

int add_object(dl_phdr_info* object, std::size_t, void* ids) {
  std::string_view path = object->dlpi_name;
  bool is_of_kernel = !path.empty() && !path.starts_with('/');  // linux-vdso.so.1
  if (is_of_kernel) return 0;
  std::string id = build_id_of(*object);
  static_cast<std::vector<std::string>*>(ids)->push_back(id.empty() ? std::string(path)
                                                                    : std::move(id));
  return 0;
}

Fingerprint identity_now() {
  std::vector<std::string> ids;
  ::dl_iterate_phdr(add_object, &ids);
  std::sort(ids.begin(), ids.end());
  Fingerprinter fingerprinter;
  fingerprinter.add(STET_VERSION);
  for (const std::string& id : ids) fingerprinter.add(id);
  fingerprinter.add(build_id_of_file(sass_worker()));
  // What pages link to follows from whether there are smaller versions of pictures.
  fingerprinter.add(can_make_pictures() ? 1 : 0);
  constexpr std::uint64_t kZonesBytesMax = std::uint64_t{1} << 20;
  auto zones = read_file("/usr/share/zoneinfo/tzdata.zi", kZonesBytesMax);
  if (zones) fingerprinter.add(zones->substr(0, zones->find('\n')));
  return fingerprinter.finish();
}

}  // namespace

Fingerprint program_identity() {
  static const Fingerprint identity = identity_now();
  return identity;
}

Fingerprint pages_identity(const site::Overrides& overrides, const Settings& settings) {
  Fingerprinter fingerprinter;
  fingerprinter.add(program_identity());
  fingerprinter.add(settings.limits.render_steps).add(settings.limits.page_mib);
  auto add_text = [&](const std::optional<std::string>& text) {
    fingerprinter.add(text ? 1 : 0).add(text.value_or(""));
  };
  auto add_number = [&](const auto& number) {
    fingerprinter.add(number ? 1 : 0).add(static_cast<std::uint64_t>(number.value_or(0)));
  };
  auto add_list = [&](const std::vector<std::string>& list) {
    fingerprinter.add(list.size());
    for (const std::string& text : list) fingerprinter.add(text);
  };
  add_text(overrides.url);
  add_text(overrides.baseurl);
  add_text(overrides.layouts_folder);
  add_number(overrides.is_future);
  add_number(overrides.is_drafts);
  add_number(overrides.is_unpublished);
  add_number(overrides.is_safe);
  add_number(overrides.posts_max);
  add_list(overrides.config_files);
  fingerprinter.add(overrides.environment);
  add_list(settings.sass_command);
  return fingerprinter.finish();
}

}  // namespace stet::program
