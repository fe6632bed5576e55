#include "storage/git/tags.h"

#include "storage/git/handles.h"
#include "storage/git/objects.h"

namespace stet::storage {

Status create_tag(const Repository& repository,
                  std::string_view name,
                  const CommitId& commit,
                  const Signature& tagger,
                  const std::string& message) {
  using SignatureHandle = Handle<git_signature, git_signature_free>;
  const std::string text(name);
  const std::string reference = "refs/tags/" + text;
  int is_valid = 0;
  bool is_name = text.find('\0') == text.npos && !text.starts_with('-') &&
                 git_reference_name_is_valid(&is_valid, reference.c_str()) == 0 && is_valid;
  if (!is_name) return invalid_input("git takes no tag of that name");
  if (auto known = repository.resolve(reference)) {
    if (*known == commit) return {};
    return conflict("the tag '" + text + "' is there already, of commit " + known->hex());
  }
  auto lease = TRY(repository.objects().lease());
  const git_oid target = to_git(commit);
  auto object = TRY(make<ObjectHandle>(
      "read the commit", git_object_lookup, lease.repository(), &target, GIT_OBJECT_COMMIT));
  auto signature = TRY(make<SignatureHandle>("name the tagger",
                                             git_signature_new,
                                             tagger.name.c_str(),
                                             tagger.email.c_str(),
                                             tagger.when.seconds,
                                             tagger.when.offset_seconds / 60));
  git_oid made;
  return call("make the tag",
              git_tag_create,
              &made,
              lease.repository(),
              text.c_str(),
              object.get(),
              signature.get(),
              message.c_str(),
              0);
}

}  // namespace stet::storage
