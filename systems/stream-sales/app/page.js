export default function Page() {
  return <h1>Stream Sales</h1>;
}
