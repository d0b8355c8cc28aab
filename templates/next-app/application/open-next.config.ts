// What `npx open-next build` makes of the application: https://opennext.js.org/aws/config
export default { default: {} };
