// What `npx open-next build` makes of the application: https://opennext.js.org/aws/config
export default {
  default: {},
  // Pages that are rendered anew by tag would need a table; those that are by time do not.
  dangerous: { disableTagCache: true },
};
